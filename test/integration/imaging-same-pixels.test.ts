import assert from 'node:assert/strict';
import { it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { DRAWN, drawPicture } from '../support/draw-picture.ts';
import { CROP, SQUASH } from '../support/input-recipe.ts';
import { prepareOne } from '../support/prepare-one.ts';

const CONTAINERS: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  'interlaced PNG': (picture) => picture.png({ progressive: true }),
  'PNG with a full alpha channel': (picture) => picture.ensureAlpha().png(),
  'PNG with an sRGB profile': (picture) => picture.withIccProfile('srgb').png(),
  'lossless WebP': (picture) => picture.webp({ lossless: true }),
  'lossless AVIF': (picture) => picture.avif({ lossless: true }),
  'TIFF with LZW': (picture) => picture.tiff({ compression: 'lzw' }),
  'tiled TIFF': (picture) => picture.tiff({ compression: 'deflate', tile: true }),
  'PNG with EXIF': (picture) => picture.withExif({ IFD0: { Make: 'Acme' } }).png(),
};

for (const [name, encode] of Object.entries(CONTAINERS)) {
  it(`gives a ${name} the hash and the input of the same pixels in PNG`, async () => {
    const reference = await prepareOne(await drawPicture(1).png().toBuffer());
    const other = await prepareOne(await encode(drawPicture(1)).toBuffer());
    assert.notEqual(reference.facts.pixelHash, null);
    assert.equal(other.facts.pixelHash, reference.facts.pixelHash);
    assert.deepEqual(other.input, reference.input);
  });
}

it('gives other pixels another hash, were it one value of one pixel', async () => {
  const pixels = await drawPicture(1).raw().toBuffer();
  const before = await sharp(pixels, { raw: { ...DRAWN, channels: 3 } })
    .png()
    .toBuffer();
  pixels[5000] = (pixels[5000] as number) ^ 1;
  const after = await sharp(pixels, { raw: { ...DRAWN, channels: 3 } })
    .png()
    .toBuffer();
  const [one, other] = await Promise.all([prepareOne(before), prepareOne(after)]);
  assert.notEqual(one.facts.pixelHash, other.facts.pixelHash);
});

it('gives gray the same hash and input whether stored as gray or as RGB, and the same input with 16 bits', async () => {
  const gray = await drawPicture(2).grayscale().toColourspace('b-w').raw().toBuffer();
  const picture = () => sharp(gray, { raw: { ...DRAWN, channels: 1 } });
  const files = await Promise.all([
    picture().toColourspace('b-w').png().toBuffer(),
    picture().toColourspace('srgb').png().toBuffer(),
    picture().toColourspace('grey16').png().toBuffer(),
    picture().toColourspace('srgb').webp({ lossless: true }).toBuffer(),
  ]);
  const spaces = await Promise.all(files.map(async (file) => (await sharp(file).metadata()).space));
  assert.deepEqual(spaces, ['b-w', 'srgb', 'grey16', 'srgb']);
  const prepared = await Promise.all(files.map((file) => prepareOne(file)));
  const [gray8, rgb8, gray16, webp] = prepared.map(({ facts }) => facts.pixelHash);
  assert.match(gray8 ?? '', /^[0-9a-f]{64}$/);
  assert.deepEqual([rgb8, gray16, webp], [gray8, null, gray8]);
  for (const { input } of prepared) {
    assert.deepEqual(input, prepared[0]?.input);
  }
});

it('gives a picture stored in any of the 8 orientations the hash and the input of the upright one', async () => {
  const upright = await prepareOne(await drawPicture(3).png().toBuffer());
  // What a camera held that way stores: the inverse of what the tag tells to do. sharp mirrors before it turns.
  const store: ((picture: Sharp) => Sharp)[] = [
    (picture) => picture,
    (picture) => picture.flop(),
    (picture) => picture.rotate(180),
    (picture) => picture.flip(),
    (picture) => picture.flop().rotate(270),
    (picture) => picture.rotate(270),
    (picture) => picture.flop().rotate(90),
    (picture) => picture.rotate(90),
  ];
  for (const [i, turn] of store.entries()) {
    const turned = await turn(drawPicture(3)).png().toBuffer();
    const tagged = await sharp(turned)
      .withMetadata({ orientation: i + 1 })
      .png()
      .toBuffer();
    const { facts, input } = await prepareOne(tagged);
    assert.deepEqual([facts.width, facts.height], [DRAWN.width, DRAWN.height], `orientation ${i + 1}`);
    assert.equal(facts.pixelHash, upright.facts.pixelHash, `orientation ${i + 1}`);
    assert.notEqual(facts.pixelHash, null);
    assert.deepEqual(input, upright.input);
  }
});

it('takes the first frame of an animation and the first page of a TIFF', async () => {
  const frames = [drawPicture(4), drawPicture(5)].map((picture) => picture.png().toBuffer());
  const [first, second] = await Promise.all(frames);
  assert(first !== undefined && second !== undefined);
  const reference = await prepareOne(first);
  const options = { join: { animated: true } } as const;
  for (const animated of [
    await sharp([first, second], options).webp({ lossless: true }).toBuffer(),
    await sharp([first, second], options).tiff({ compression: 'lzw' }).toBuffer(),
  ]) {
    assert.equal((await sharp(animated).metadata()).pages, 2);
    assert.deepEqual((await prepareOne(animated)).input, reference.input);
  }
});

it('shows transparency on white and keeps it in the hash', async () => {
  const { width, height } = DRAWN;
  const half = await sharp(await drawPicture(6).png().toBuffer())
    .joinChannel(Buffer.alloc(width * height, 0).fill(255, 0, (width * height) >> 1), {
      raw: { width, height, channels: 1 },
    })
    .png()
    .toBuffer();
  const onWhite = await sharp(half).flatten({ background: '#ffffff' }).png().toBuffer();
  const [transparent, flat] = await Promise.all([prepareOne(half), prepareOne(onWhite)]);
  assert.deepEqual(transparent.input, flat.input);
  assert.notEqual(transparent.facts.pixelHash, flat.facts.pixelHash);
});

it('crops the center of a picture whatever its shape', async () => {
  for (const size of [
    { width: 1, height: 1 },
    { width: 1, height: 5000 },
    { width: 700, height: 3 },
    DRAWN,
  ]) {
    const { input } = await prepareOne(await drawPicture(7, size).png().toBuffer(), CROP);
    assert.equal(input.length, 3 * 64 * 64);
    assert(input.every(Number.isFinite));
  }
});

it('crops what torchvision would: shorter side to 80, the middle 64', async () => {
  const square = { width: 80, height: 80 };
  const exact = await drawPicture(8, square).png().toBuffer();
  const { input } = await prepareOne(exact, CROP);
  const middle = await sharp(exact).extract({ left: 8, top: 8, width: 64, height: 64 }).png().toBuffer();
  assert.deepEqual(input, (await prepareOne(middle, SQUASH)).input);
});
