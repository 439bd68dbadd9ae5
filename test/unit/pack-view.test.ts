import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { compareViews } from '../../src/copies/compare-views.ts';
import { judgePair } from '../../src/copies/judge-pair.ts';
import { packView, sizeOfView, unpackView } from '../../src/copies/pack-view.ts';
import type { PictureView } from '../../src/copies/picture-view.ts';
import { drawManyThings, viewOf } from '../support/view-of.ts';

describe('a packed view', () => {
  let [view, other]: PictureView[] = [];

  before(async () => {
    const file = await drawManyThings('packed').png().toBuffer();
    view = await viewOf(file);
    other = await viewOf(await drawManyThings('packed').resize(300).blur(1).jpeg({ quality: 50 }).toBuffer());
  });

  it('takes half the memory, which threads share', () => {
    const packed = packView(view as PictureView);
    const { image, features } = view as PictureView;
    assert.ok(sizeOfView(packed) < 0.55 * (image.data.byteLength + features.descriptors.byteLength));
    assert.ok(packed.image.data.steps.buffer instanceof SharedArrayBuffer);
  });

  it('says the same of a pair', () => {
    const [a, b] = [view as PictureView, other as PictureView];
    const whole = judgePair(compareViews(a, b));
    const packed = judgePair(compareViews(unpackView(packView(a)), unpackView(packView(b))));
    assert.equal(packed.verdict, whole.verdict);
    assert.ok(Math.abs(packed.score - whole.score) < 0.01, `${packed.score} and ${whole.score}`);
  });

  it('of a picture of one color, without keypoints, is that color', async () => {
    const { image } = view as PictureView;
    const features = { ...(view as PictureView).features, count: 0, descriptors: new Float32Array(0) };
    const even = {
      ...(view as PictureView),
      image: { ...image, data: image.data.map(() => 0.25) },
      features,
    };
    const back = unpackView(packView(even));
    assert.ok(back.image.data.every((value) => value === 0.25));
    assert.equal(back.features.descriptors.length, 0);
  });
});
