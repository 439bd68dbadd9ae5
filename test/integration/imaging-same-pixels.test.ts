import assert from 'node:assert/strict';
import { it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { DRAWN, drawPicture } from '../support/draw-picture.ts';
import { hashOfPixels } from '../support/hash-of-pixels.ts';
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

/** @param levels of 255 that a value may differ by */
function assertNear(input: Float32Array, expected: Float32Array, levels: number): void {
  assert.equal(input.length, expected.length);
  const differences = input.map((value, i) => Math.abs(value - (expected[i] as number)));
  const most = Math.max(...differences) * Math.min(...SQUASH.std) * 255;
  assert.ok(most <= levels, `a value differs by ${most} of 255`);
}

for (const [name, encode] of Object.entries(CONTAINERS)) {
  it(`gives a ${name} the hash and the input of the same pixels in PNG`, async () => {
    const reference = await drawPicture(1).png().toBuffer();
    const other = await encode(drawPicture(1)).toBuffer();
    assert.match((await hashOfPixels(reference)) ?? '', /^[0-9a-f]{64}$/);
    assert.equal(await hashOfPixels(other), await hashOfPixels(reference));
    const [one, two] = await Promise.all([prepareOne(reference), prepareOne(other)]);
    assertNear(two.input, one.input, 0);
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
  assert.notEqual(await hashOfPixels(before), await hashOfPixels(after));
});

it('gives gray the same hash and input whether stored as gray or as RGB, with 8 bits or with 16', async () => {
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
  const hashes = new Set(await Promise.all(files.map(hashOfPixels)));
  assert.equal(hashes.size, 1);
  assert.ok(!hashes.has(null));
  for (const { input } of prepared) {
    assertNear(input, prepared[0]?.input ?? new Float32Array(), 0);
  }
});

it('gives a picture stored in any of the 8 orientations the hash and the input of the upright one', async () => {
  const png = await drawPicture(3).png().toBuffer();
  const upright = await prepareOne(png);
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
    assert.equal(await hashOfPixels(tagged), await hashOfPixels(png), `orientation ${i + 1}`);
    // Turned before or after it is made smaller: where a value is rounded differs.
    assertNear(input, upright.input, 2.5);
    const small = { width: 40, height: 30 };
    const enlarged = await prepareOne(await drawPicture(3, small).png().toBuffer());
    const turnedSmall = await sharp(await turn(drawPicture(3, small)).png().toBuffer())
      .withMetadata({ orientation: i + 1 })
      .png()
      .toBuffer();
    assertNear((await prepareOne(turnedSmall)).input, enlarged.input, 0);
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
    assertNear((await prepareOne(animated)).input, reference.input, 0);
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
  // Along the edge the kernel overshoots, on the ground or without it.
  assertNear(transparent.input, flat.input, 16);
  assert.notEqual(await hashOfPixels(half), await hashOfPixels(onWhite));
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
