import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CountingEmbedder } from '../support/counting-embedder.ts';
import { indexRun } from '../support/index-run.ts';
import { until } from '../support/until.ts';

const OTHERS = 99;

/** An embedder whose slow picture takes until it is let go. */
class SlowEmbedder extends CountingEmbedder {
  letGo: () => Promise<void> = async () => {};

  override async describe(bytes: Uint8Array) {
    const isSlow = Buffer.from(bytes).toString('utf8') === 'slow';
    const described = await super.describe(bytes);
    if (isSlow) {
      await this.letGo();
    }
    return described;
  }
}

/** A run over a slow picture, which comes first, and others. */
async function slowRun() {
  const embedder = new SlowEmbedder();
  const others = Array.from({ length: OTHERS }, (_, i) => [`b-${i}.jpg`, `picture ${i}`]);
  const run = await indexRun({ 'a.svg': 'slow', ...Object.fromEntries(others) }, { embedder });
  const committed = async () => (await run.catalog.pictures.counts()).pictures;
  return { run, embedder, committed };
}

it('an index run reads files ahead while the embedder is busy', async () => {
  const READ_AHEAD = 8;
  const { run, embedder } = await slowRun();
  let read = 0;
  const { findByHash } = run.parts.files;
  const files: typeof run.parts.files = {
    ...run.parts.files,
    // Asked of each file when it was read.
    findByHash(contentHash, modelKeys) {
      read++;
      return findByHash(contentHash, modelKeys);
    },
  };
  const describeOne = embedder.describe.bind(embedder);
  embedder.describe = async (bytes) => {
    await until('files were read ahead', () => read >= embedder.parallelism + READ_AHEAD);
    return describeOne(bytes);
  };
  assert.equal((await run.index({}, { files })).indexed, OTHERS + 1);
});

describe('a picture that takes as long as all others', () => {
  it('delays neither the others nor their commits', async () => {
    const { run, embedder, committed } = await slowRun();
    embedder.letGo = () => until('all others are committed', async () => (await committed()) === OTHERS);
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.embedded, summary.failed], [OTHERS + 1, OTHERS + 1, 0]);
    assert.equal((await run.index()).unchanged, OTHERS + 1);
  });
});
