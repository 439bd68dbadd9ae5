import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { createPixelHasher } from '../../src/imaging/pixel-hasher.ts';
import { pixelHasherContract } from '../contract/pixel-hasher.contract.ts';
import { drawNumbered } from '../support/picture-folder.ts';

pixelHasherContract('in this process', () => createPixelHasher(DEFAULT_PICTURE_LIMITS));

it('does not compare a picture beyond the limits', async () => {
  const hasher = createPixelHasher({ ...DEFAULT_PICTURE_LIMITS, maxPixels: 95 * 96 });
  const png = await drawNumbered(1).png().toBuffer();
  const answer = await hasher.hashBytes(png, new AbortController().signal);
  assert.deepEqual(answer, { kind: 'unknown', reason: 'incomparable' });
  await hasher.close();
});
