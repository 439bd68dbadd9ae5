import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import sharp from 'sharp';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { PairVerifier, type VerifiedPair } from '../../src/engine/pair-verifier.ts';
import { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import { drawScreen, SCREENS } from '../support/draw-screen.ts';

describe('PairVerifier, of screenshots', () => {
  const decoders = new PictureDecoders({ limits: DEFAULT_PICTURE_LIMITS, givesWay: false });
  const verifier = new PairVerifier(decoders, DEFAULT_PICTURE_LIMITS.maxBytes);

  after(async () => {
    await verifier.close();
    decoders.close();
  });

  async function verify(...pictures: readonly [Buffer, Buffer]): Promise<VerifiedPair> {
    const [a, b] = await Promise.all(pictures.map((bytes) => verifier.views.ofBytes(new Uint8Array(bytes))));
    return verifier.verify(a as NonNullable<typeof a>, b as NonNullable<typeof b>);
  }

  for (const screen of SCREENS) {
    it(`tells a ${screen} with other numbers from a copy, at one pixel and at three for one of the drawing`, async () => {
      for (const ratio of [1, 3]) {
        const [one, other] = await Promise.all(
          ['first', 'second'].map((numbers) => drawScreen(screen, { numbers, ratio })),
        );
        const told = await verify(one as Buffer, other as Buffer);
        assert.notEqual(told.verdict, 'copy', `${ratio}: ${JSON.stringify(told)}`);
      }
    });

    it(`knows copies of a ${screen}`, async () => {
      const drawn = await drawScreen(screen, { numbers: 'first', ratio: 3 });
      const copies = {
        again: sharp(drawn).png({ compressionLevel: 1 }),
        jpeg: sharp(drawn).jpeg({ quality: 80 }),
        smaller: sharp(drawn).resize(Math.round((screen === 'sheet' ? 2_532 : 1_170) * 0.7)),
      };
      for (const [name, copy] of Object.entries(copies)) {
        const told = await verify(drawn, await copy.toBuffer());
        assert.equal(told.verdict, 'copy', `${name}: ${JSON.stringify(told)}`);
      }
    });
  }
});
