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

describe('a picture that takes as long as all others', () => {
  it('delays neither the others nor their commits', async () => {
    const { run, embedder, committed } = await slowRun();
    embedder.letGo = () => until('all others are committed', async () => (await committed()) === OTHERS);
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.embedded, summary.failed], [OTHERS + 1, OTHERS + 1, 0]);
    assert.equal((await run.index()).unchanged, OTHERS + 1);
  });
});
