import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { verdictAt } from '../../src/copies/judge-pair.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { PairVerifier, type VerifiedPair } from '../../src/engine/pair-verifier.ts';
import { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import { drawLetter } from '../support/draw-letter.ts';
import { drawManyThings } from '../support/view-of.ts';

describe('PairVerifier', () => {
  const decoders = new PictureDecoders({ limits: DEFAULT_PICTURE_LIMITS, givesWay: false });
  const verifier = new PairVerifier(decoders, DEFAULT_PICTURE_LIMITS.maxBytes);
  const paragraphs = ['one', 'two', 'three', 'four', 'five', 'six'];

  after(async () => {
    await verifier.close();
    decoders.close();
  });

  async function verify(a: Sharp, b: Sharp): Promise<VerifiedPair> {
    const [viewA, viewB] = await Promise.all(
      [a, b].map(async (picture) => verifier.views.ofBytes(new Uint8Array(await picture.png().toBuffer()))),
    );
    return verifier.verify(viewA as NonNullable<typeof viewA>, viewB as NonNullable<typeof viewB>);
  }

  it('knows a scanned page of text again, and none that says something else in one paragraph, or in three letters', async () => {
    const letter = await drawLetter(paragraphs).png().toBuffer();
    const turned = await sharp(letter).rotate(1.3, { background: '#fff' }).png().toBuffer();
    const scan = sharp(await sharp(turned).resize(820).jpeg({ quality: 60 }).toBuffer());
    const again = await verify(sharp(letter), scan);
    assert.equal(again.verdict, 'copy', JSON.stringify(again));
    assert.ok((again.pages?.tellingTiles ?? 0) > 300, 'it was looked at closely');
    const word = await sharp(letter).extract({ left: 120, top: 154, width: 39, height: 15 }).toBuffer();
    const number = sharp(letter).composite([{ input: word, left: 120 + 13 * 20, top: 120 + 34 * 3 }]);
    const otherNumber = await verify(sharp(letter), sharp(await number.png().toBuffer()));
    assert.equal(otherNumber.verdict, 'unsure', JSON.stringify(otherNumber));
    const other = await verify(sharp(letter), drawLetter(paragraphs.with(3, 'something else')));
    assert.notEqual(other.verdict, 'copy', JSON.stringify(other));
    const { tellingTiles = 0, agreeingTiles = 0 } = other.pages ?? {};
    assert.ok(tellingTiles - agreeingTiles > 0.08 * tellingTiles, JSON.stringify(other.pages));
  });

  it('tells the same of either order', async () => {
    const scene = await drawManyThings('scene').png().toBuffer();
    const part = sharp(scene)
      .extract({ left: 200, top: 120, width: 220, height: 160 })
      .modulate({ saturation: 0.4 });
    const [there, back] = [
      await verify(part.clone(), sharp(scene)),
      await verify(sharp(scene), part.clone()),
    ];
    assert.equal(there.score, back.score);
    assert.deepEqual(
      [there.evidence.overlap.a, there.evidence.keypoints.a, there.evidence.chroma.b],
      [back.evidence.overlap.b, back.evidence.keypoints.b, back.evidence.chroma.a],
    );
    const [map, other] = [there.evidence.map, back.evidence.map];
    assert.ok(map !== null && other !== null);
    assert.ok(Math.abs(map.x0 - 200 / 640) < 0.02 && Math.abs(other.x0 + 200 / 220) < 0.05);
    assert.ok(
      there.evidence.bands.every(
        ({ ratio }, i) => Math.abs(ratio * (back.evidence.bands[i]?.ratio ?? 0) - 1) < 1e-9,
      ),
    );
  });

  it('says nothing for certain of pages so small that nobody can read them', async () => {
    const letter = await drawLetter(paragraphs).png().toBuffer();
    const told = await verify(sharp(letter), sharp(letter).resize(400));
    assert.deepEqual([verdictAt(told, 1), told.pages], ['unsure', { tellingTiles: 0, agreeingTiles: 0 }]);
  });

  it('works on several pairs at once, and fails what waits when it is closed', async () => {
    const own = new PairVerifier(decoders, DEFAULT_PICTURE_LIMITS.maxBytes);
    const bytes = new Uint8Array(await drawManyThings('scene').jpeg().toBuffer());
    const view = await own.views.ofBytes(bytes);
    const several = await Promise.all(Array.from({ length: 5 }, () => own.verify(view, view)));
    assert.ok(several.every(({ verdict }) => verdict === 'copy'));
    const waiting = Array.from({ length: 5 }, () => own.verify(view, view));
    const settled = Promise.allSettled(waiting);
    await own.close();
    assert.ok((await settled).every(({ status }) => status === 'rejected'));
    await assert.rejects(own.verify(view, view), /closed/);
  });
});
