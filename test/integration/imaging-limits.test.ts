import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { it } from 'node:test';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import { DecodingLane } from '../../src/imaging/decoding-lane.ts';
import { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { SQUASH } from '../support/input-recipe.ts';
import { prepareOne } from '../support/prepare-one.ts';
import { refuses } from '../support/refuses.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';
import { writeBmp } from '../support/write-bitmap.ts';

function prepare(bytes: Uint8Array, limits: Partial<typeof DEFAULT_PICTURE_LIMITS> = {}) {
  return prepareOne(bytes, SQUASH, limits);
}

function svg(width: number, height: number, content = ''): Uint8Array {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${content}</svg>`,
  );
}

it('refuses a file of one byte too many, and says how many it has and may have', async () => {
  const png = await drawPicture(1).png().toBuffer();
  await prepare(png, { maxBytes: png.length });
  const error = await refuses(
    prepare(png, { maxBytes: png.length - 1 }),
    'IMAGE_TOO_LARGE',
    /expected at most/,
  );
  assert.deepEqual(error.details, { sizeBytes: png.length, maxBytes: png.length - 1 });
});

it('refuses a picture of one pixel too many, in every format that is decoded another way', async () => {
  const png = await drawPicture(1, { width: 20, height: 10 }).png().toBuffer();
  const files: [Uint8Array, number][] = [
    [png, 200],
    [svg(20, 10), 200],
    [TURNED_HEIC, 48 * 64],
    [writeBmp({ width: 4, height: 2, bits: 24 }, Buffer.alloc(24)), 8],
  ];
  for (const [file, pixels] of files) {
    await prepare(file, { maxPixels: pixels });
    await refuses(prepare(file, { maxPixels: pixels - 1 }), 'IMAGE_TOO_LARGE', /expected at most/);
  }
});

it('refuses an absurd size by the header alone', async () => {
  const jpeg = await drawPicture(1).jpeg().toBuffer();
  const frame = jpeg.indexOf(Uint8Array.of(0xff, 0xc0));
  jpeg.writeUInt16BE(65_000, frame + 5);
  jpeg.writeUInt16BE(65_000, frame + 7);
  await refuses(prepare(jpeg), 'IMAGE_TOO_LARGE', /65,000 x 65,000 = 4,225,000,000 pixels/);
  await refuses(prepare(svg(40_000, 40_000)), 'IMAGE_TOO_LARGE', /1,600,000,000 pixels/);
});

it('refuses a picture without width or height', async () => {
  const png = await drawPicture(1).png().toBuffer();
  png.writeUInt32BE(0, 16);
  await refuses(prepare(png), 'IMAGE_UNREADABLE', /damaged/);
  await refuses(prepare(svg(0, 0)), 'IMAGE_UNREADABLE', /says no size/);
});

it('reads pictures of one pixel, and one pixel wide or high', async () => {
  for (const size of [
    { width: 1, height: 1 },
    { width: 1, height: 3000 },
    { width: 3000, height: 1 },
  ]) {
    const { facts } = await prepare(await drawPicture(2, size).png().toBuffer());
    assert.deepEqual({ width: facts.width, height: facts.height }, size);
  }
});

/** A drawing whose filters would run for hours. */
function endlessDrawing(): Uint8Array {
  const noise = '<feTurbulence baseFrequency="0.5" numOctaves="20"/>'.repeat(500);
  return svg(
    4000,
    4000,
    `<filter id="f">${noise}</filter><rect width="4000" height="4000" filter="url(#f)"/>`,
  );
}

it('stops a drawing whose filters would run for hours, and goes on with the next', async () => {
  const started = performance.now();
  const stopped = refuses(
    prepare(endlessDrawing(), { timeoutMs: 1500 }),
    'IMAGE_UNREADABLE',
    /not decoded within 1.5 s/,
  );
  const [error, next] = await Promise.all([stopped, prepare(svg(10, 10))]);
  assert.deepEqual(error.details, { timeoutMs: 1500, isPassing: true });
  assert.equal(next.facts.width, 10);
  assert(performance.now() - started < 6000, 'the drawing should have been stopped in time');
});

it('calls it passing when the program that decodes is ended from outside, and starts another', async (t) => {
  const file = `/proc/self/task/${process.pid}/children`;
  if (!existsSync(file)) {
    t.skip('this system does not list the children of a process');
    return;
  }
  const children = () => readFileSync(file, 'utf8').trim().split(' ').map(Number);
  const before = children();
  const decoders = new PictureDecoders({ limits: DEFAULT_PICTURE_LIMITS, givesWay: false });
  const draw = (drawing: Uint8Array) => decoders.prepare(drawing, [SQUASH], undefined);
  await draw(svg(10, 10));
  const refused = refuses(draw(endlessDrawing()), 'IMAGE_UNREADABLE', /ended the program that decodes it/);
  const [own, ...others] = children().filter((child) => !before.includes(child));
  assert.deepEqual(others, [], 'the decoding process should be the only new child');
  process.kill(own as number, 'SIGKILL');
  assert.deepEqual((await refused).details, { isPassing: true });
  assert.equal((await draw(svg(10, 10))).facts.width, 10);
});

it('stops what takes more memory than a picture may, and says so', async (t) => {
  if (process.platform !== 'linux') {
    t.skip('only Linux tells the memory of a process');
    return;
  }
  const lane = new DecodingLane(1, 0, { timeoutMs: 60_000, mostBytes: 200 * 1024 * 1024 });
  const request = {
    task: 'prepare',
    limits: DEFAULT_PICTURE_LIMITS,
    recipes: [SQUASH],
    region: undefined,
  } as const;
  const wide = svg(
    9000,
    9000,
    '<filter id="f"><feTurbulence baseFrequency="0.5" numOctaves="9"/></filter><rect width="9000" height="9000" filter="url(#f)"/>',
  );
  assert.equal(await lane.ask({ ...request, bytes: wide }), 'memory');
  const next = await lane.ask({ ...request, bytes: svg(10, 10) });
  assert.ok(typeof next === 'object' && 'answer' in next);
  lane.close();
});

it('holds up no other kind of picture with slow drawings', async () => {
  const decoders = new PictureDecoders({ limits: DEFAULT_PICTURE_LIMITS, givesWay: false });
  const drawings = Array.from({ length: decoders.parallelism * 2 }, () =>
    decoders.prepare(endlessDrawing(), [SQUASH], undefined).then(
      () => 'drawn',
      () => 'stopped',
    ),
  );
  const gif = await drawPicture(1).gif().toBuffer();
  const { facts } = await decoders.prepare(gif, [SQUASH], undefined);
  assert.equal(facts.format, 'gif');
  assert.equal(await Promise.race([...drawings, Promise.resolve('none is done')]), 'none is done');
  decoders.close();
  assert.ok((await Promise.all(drawings)).every((outcome) => outcome === 'stopped'));
});

it('stops a drawing that nobody waits for any more', async () => {
  const decoders = new PictureDecoders({ limits: DEFAULT_PICTURE_LIMITS, givesWay: false });
  const leaving = new AbortController();
  const drawn = decoders.prepare(endlessDrawing(), [SQUASH], undefined, leaving.signal);
  setTimeout(() => leaving.abort(new Error('nobody waits')), 500);
  await assert.rejects(drawn, { message: 'nobody waits' });
});

it('gives way with drawings to everything else where it is told to, and else not', async (t) => {
  const file = `/proc/self/task/${process.pid}/children`;
  if (!existsSync(file)) {
    t.skip('this system does not list the children of a process');
    return;
  }
  const children = () => readFileSync(file, 'utf8').trim().split(' ');
  for (const [givesWay, niceness] of [
    [true, 19],
    [false, getPriority()],
  ] as const) {
    const before = children();
    const decoders = new PictureDecoders({ limits: DEFAULT_PICTURE_LIMITS, givesWay });
    await decoders.prepare(svg(10, 10), [SQUASH], undefined);
    const [own] = children().filter((child) => !before.includes(child));
    assert.equal(getPriority(Number(own)), niceness);
    decoders.close();
  }
});
