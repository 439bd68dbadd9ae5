import { statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { unseenStamp } from '../src/domain/failure.ts';
import { DEFAULT_PICTURE_LIMITS } from '../src/domain/picture-limits.ts';
import { findModel } from '../src/embedding/model-store.ts';
import { startOnnxEmbedder } from '../src/embedding/onnx-embedder.ts';
import { asCompleted } from '../src/indexer/as-completed.ts';
import type { PendingFile } from '../src/indexer/index-plan.ts';
import { fileProcessor } from '../src/indexer/process-file.ts';
import { readList } from './picture-list.ts';

// Reads and embeds files as an index run does, with a number of them in flight beyond those that the embedder works
// on, and prints how many it did in a second; argv: list of files, number.

const [list = '', ahead = ''] = process.argv.slice(2);
const pending = readList(list).map(
  (path): PendingFile => ({
    stamp: { ...unseenStamp(path), sizeBytes: statSync(path).size },
    known: null,
    isNew: true,
  }),
);
const logger = { debug() {}, info() {}, warn: console.error, error: console.error };
const embedder = startOnnxEmbedder([await findModel(null, '')], DEFAULT_PICTURE_LIMITS);
const parts = {
  files: { findByHash: async () => null },
  embedder,
  devices: { identityOf: () => null },
  logger,
};
const run = async (files: readonly PendingFile[]) => {
  const options = { force: true, maxBytes: DEFAULT_PICTURE_LIMITS.maxBytes, conditionsOf: () => '' };
  const processor = fileProcessor(parts, options);
  const atOnce = embedder.parallelism + Number(ahead);
  for await (const { kind } of asCompleted(Readable.from(files), processor.process, atOnce)) {
    if (kind === 'failed') {
      throw new Error('a picture of the benchmark could not be read');
    }
  }
};
// So that every worker has its model.
await run(pending.slice(0, embedder.parallelism));
const startedAt = performance.now();
await run(pending);
console.log(
  JSON.stringify({ picturesPerSecond: (pending.length / (performance.now() - startedAt)) * 1_000 }),
);
await embedder.close();
