import { statSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { DescribedPicture } from '../src/domain/descriptor.ts';
import type { Embedder } from '../src/domain/embedder.ts';
import { unseenStamp } from '../src/domain/failure.ts';
import { DEFAULT_PICTURE_LIMITS } from '../src/domain/picture-limits.ts';
import { findModel } from '../src/embedding/model-store.ts';
import { startOnnxEmbedder } from '../src/embedding/onnx-embedder.ts';
import { asCompleted } from '../src/indexer/as-completed.ts';
import type { PendingFile } from '../src/indexer/index-plan.ts';
import { fileProcessor } from '../src/indexer/process-file.ts';
import { readList } from './real-photos.ts';

// Reads and embeds files as an index run does, with a number of them in flight beyond those that the embedder works
// on, and prints how many it did in a second; before that, how many it reads when nothing is embedded, with that number
// in flight: reading is what the storage bounds, and hardly what else the machine does. argv: list of files, number.

const [list = '', ahead = ''] = process.argv.slice(2);
const pending = readList(list).map(
  (path): PendingFile => ({
    stamp: { ...unseenStamp(path), sizeBytes: statSync(path).size },
    known: null,
    isNew: true,
  }),
);
const NEVER = new AbortController().signal;
const logger = { debug() {}, info() {}, warn: console.error, error: console.error };
const embedder = startOnnxEmbedder([await findModel(null, '')], DEFAULT_PICTURE_LIMITS);
const readOnly: Embedder = {
  ...{ models: [], parallelism: 0, decoders: '' },
  describe: async () => ({}) as DescribedPicture,
  costOf: () => 'plain',
  judgeFile: () => null,
  close: async () => {},
};
const run = async (files: readonly PendingFile[], by: Embedder, atOnce: number) => {
  const parts = {
    files: { findByHash: async () => null },
    embedder: by,
    devices: { identityOf: () => null },
    logger,
  };
  const options = {
    force: true,
    maxBytes: DEFAULT_PICTURE_LIMITS.maxBytes,
    conditionsOf: () => '',
    signal: NEVER,
  };
  const processor = fileProcessor(parts, options);
  const startedAt = performance.now();
  for await (const { kind } of asCompleted(Readable.from(files), processor.process, atOnce)) {
    if (kind === 'failed') {
      throw new Error('a picture of the benchmark could not be read');
    }
  }
  return (files.length / (performance.now() - startedAt)) * 1_000;
};
const readPerSecond = await run(pending, readOnly, Number(ahead));
// So that every worker has its model.
await run(pending.slice(0, embedder.parallelism), embedder, embedder.parallelism);
const embeddedPerSecond = await run(pending, embedder, embedder.parallelism + Number(ahead));
console.log(JSON.stringify({ readPerSecond, embeddedPerSecond }));
await embedder.close();
