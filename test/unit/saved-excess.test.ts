import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { type GrayImage, grayOf } from '../../src/copies/gray-image.ts';
import { type BeyondSaving, savedExcess } from '../../src/copies/saved-excess.ts';
import { lumaQuantization } from '../../src/imaging/luma-quantization.ts';
import { drawManyThings } from '../support/view-of.ts';

const [WIDTH, HEIGHT] = [640, 480];

async function grayIn(file: Buffer): Promise<GrayImage> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const pixels = info.width * info.height;
  const rgb = Float32Array.from({ length: 3 * pixels }, (_, i) => {
    const [channel, pixel] = [Math.floor(i / pixels), i % pixels];
    return (data[3 * pixel + channel] as number) / 255;
  });
  return grayOf(rgb, info.width, info.height);
}

async function beyondSaving(saved: Buffer, source: Buffer): Promise<BeyondSaving> {
  const quantization = await lumaQuantization(saved);
  assert.ok(quantization !== null);
  return savedExcess(await grayIn(saved), await grayIn(source), quantization);
}

describe('savedExcess', () => {
  let source: Buffer;

  before(async () => {
    const scene = await drawManyThings('saved').resize(WIDTH, HEIGHT, { fit: 'fill' }).png().toBuffer();
    source = await sharp(scene).blur(0.6).jpeg({ quality: 90 }).toBuffer();
  });

  for (const quality of [95, 80, 60, 30]) {
    it(`is next to nothing of what was saved as JPEG ${quality}, by either kind of program`, async () => {
      for (const mozjpeg of [false, true]) {
        const saved = await sharp(source).jpeg({ quality, mozjpeg }).toBuffer();
        const { excess, share } = await beyondSaving(saved, source);
        assert.ok(excess < 4 && share < 0.03, `${excess} and ${share}`);
      }
    });
  }

  const edits: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
    sharpened: (picture) => picture.sharpen({ sigma: 1.2, m1: 1.5, m2: 4 }),
    blurred: (picture) => picture.blur(1.5),
    brighter: (picture) => picture.modulate({ brightness: 1.15 }),
    'with a faint word': (picture) =>
      picture.composite([
        {
          input: Buffer.from(
            `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><text x="60" y="240" font-family="sans-serif" font-size="36" fill="white" fill-opacity="0.3">sample</text></svg>`,
          ),
        },
      ]),
  };
  for (const [name, edit] of Object.entries(edits)) {
    it(`is more of what was saved and is ${name}, and of the source beside that`, async () => {
      const edited = await edit(sharp(source)).jpeg({ quality: 85 }).toBuffer();
      const both = [await beyondSaving(edited, source), await beyondSaving(source, edited)];
      assert.ok(Math.min(...both.map(({ excess }) => excess)) > 4, JSON.stringify(both));
    });
  }

  it('takes a share of coefficients beyond rounding where the other was saved badly before', async () => {
    const badly = await sharp(await sharp(source).jpeg({ quality: 30 }).toBuffer())
      .jpeg({ quality: 92 })
      .toBuffer();
    const { share } = await beyondSaving(source, badly);
    assert.ok(share > 0.03, `${share}`);
  });

  it('has the spread of rounding of what was saved, and less of what the other was saved from', async () => {
    const photo = await sharp(source).jpeg({ quality: 60 }).toBuffer();
    const again = await sharp(photo).jpeg({ quality: 90 }).toBuffer();
    const [saved, first] = [await beyondSaving(photo, source), await beyondSaving(photo, again)];
    assert.ok(saved.spread !== null && saved.spread > 0.22 && saved.spread < 0.4, `${saved.spread}`);
    assert.ok(first.spread !== null && first.spread < 0.2, `${first.spread}`);
  });

  it('is found in the least window, and is none of a picture smaller than a block', async () => {
    const tiny = await sharp(source).resize(7, 5).jpeg().toBuffer();
    assert.deepEqual(await beyondSaving(tiny, tiny), { excess: 0, share: 0, spread: null });
    const small = await sharp(source).resize(9, 8, { fit: 'fill' }).jpeg({ quality: 100 }).toBuffer();
    const white = await sharp({ create: { width: 9, height: 8, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    assert.ok((await beyondSaving(small, white)).excess > 4);
  });
});

describe('lumaQuantization', () => {
  const picture = (channels: 3 | 4 = 3) =>
    sharp({ create: { width: 16, height: 16, channels, background: '#123456' } });
  const read = async (made: Sharp) => lumaQuantization(await made.toBuffer());

  it('are the steps of the standard, by rows, for JPEG 50', async () => {
    const steps = await read(picture().jpeg({ quality: 50 }));
    assert.deepEqual([...(steps ?? [])].slice(0, 9), [16, 11, 10, 16, 24, 40, 51, 61, 12]);
    assert.equal(steps?.[63], 99);
  });

  it('are told of gray and progressive files too', async () => {
    assert.equal((await read(picture().grayscale().jpeg({ quality: 50 })))?.[0], 16);
    assert.equal((await read(picture().jpeg({ quality: 50, progressive: true })))?.[0], 16);
  });

  it('are not told of other formats, colors and orientations, nor of what is damaged', async () => {
    assert.equal(await read(picture().png()), null);
    assert.equal(await read(picture().toColourspace('cmyk').jpeg()), null);
    assert.equal(await read(picture().withMetadata({ orientation: 6 }).jpeg()), null);
    assert.equal(await read(picture().withIccProfile('p3').jpeg()), null);
    const whole = await picture().jpeg().toBuffer();
    assert.equal(await lumaQuantization(whole.subarray(0, 100)), null);
    assert.equal(await lumaQuantization(new Uint8Array()), null);
  });

  it('are told of a file that says that its colors are sRGB', async () => {
    assert.notEqual(await read(picture().withIccProfile('srgb').jpeg()), null);
  });
});
