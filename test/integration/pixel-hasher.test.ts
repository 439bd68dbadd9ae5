import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import { createPixelHasher } from '../../src/imaging/pixel-hasher.ts';
import { pixelHasherContract } from '../contract/pixel-hasher.contract.ts';
import { drawNumbered } from '../support/picture-folder.ts';

function start(maxPixels = DEFAULT_PICTURE_LIMITS.maxPixels) {
  const limits = { ...DEFAULT_PICTURE_LIMITS, maxPixels };
  return createPixelHasher(new PictureDecoders({ limits, givesWay: false }));
}

pixelHasherContract('in processes of its own', () => start());

it('does not compare a picture beyond the limits, which may be others another time', async () => {
  const hasher = start(95 * 96);
  const png = await drawNumbered(1).png().toBuffer();
  const answer = await hasher.hashBytes(png, new AbortController().signal);
  assert.deepEqual(answer, { kind: 'unknown', reason: 'unfinished' });
  await hasher.close();
});

it('stops what it works on when nobody waits any more, or when it is closed', async () => {
  const large = await drawNumbered(1, 9_000).png({ compressionLevel: 1 }).toBuffer();
  const hasher = start();
  const leaving = new AbortController();
  const left = hasher.hashBytes(large, leaving.signal);
  leaving.abort(new Error('nobody waits'));
  await assert.rejects(left, { message: 'nobody waits' });
  const closed = hasher.hashBytes(large, new AbortController().signal);
  await hasher.close();
  assert.deepEqual(await closed, { kind: 'unknown', reason: 'unfinished' });
});
