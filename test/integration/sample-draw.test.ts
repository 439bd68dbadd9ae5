import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { drawOriginal } from '../../src/sample/draw-original.ts';
import { drawSample } from '../../src/sample/draw-sample.ts';
import { SAMPLE_EDITS } from '../../src/sample/edits.ts';
import { planOriginals } from '../../src/sample/plan-originals.ts';
import type { SampleTruth } from '../../src/sample/sample-truth.ts';
import { createRandom } from '../../src/sample/seeded-random.ts';

const home = await mkdtemp(join(tmpdir(), 'eidetic-sample-'));
const folder = join(home, 'sample');
const progress: Array<readonly [number, number]> = [];
const bytes = new Map<string, Buffer>();
let truth: SampleTruth;

before(async () => {
  truth = await drawSample(folder, { seed: 1, onProgress: (done, total) => progress.push([done, total]) });
  for (const picture of truth.pictures) {
    bytes.set(picture, await readFile(join(folder, 'pictures', picture)));
  }
});
after(() => rm(home, { recursive: true }));

test('the folder holds exactly the pictures of the truth, and the truth beside them', async () => {
  const files = await readdir(join(folder, 'pictures'), { recursive: true, withFileTypes: true });
  const paths = files
    .filter((file) => file.isFile())
    .map((file) => relative(join(folder, 'pictures'), join(file.parentPath, file.name)));
  assert.deepEqual(paths.sort(), truth.pictures);
  assert.deepEqual(JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')), truth);
  assert.deepEqual(await readdir(home), ['sample']);
});

test('the sample is rich and small', () => {
  assert.ok(truth.originals.length >= 64, `${truth.originals.length} originals`);
  assert.ok(truth.copies.length >= 60, `${truth.copies.length} copies`);
  assert.equal(truth.originals.length + truth.copies.length, truth.pictures.length);
  assert.ok(truth.identical.length >= 5 && truth.samePixels.length >= 8);
  const sizeBytes = [...bytes.values()].reduce((sum, { length }) => sum + length, 0);
  assert.ok(sizeBytes < 30_000_000, `${sizeBytes} bytes`);
});

test('files with the same bytes are those the truth groups, and no others', () => {
  const groups = groupBy((path) => hash(bytes.get(path) as Buffer));
  assert.deepEqual(groups, truth.identical);
});

test('files with the same upright pixels are those the truth groups, and no others', async () => {
  const pixels = new Map<string, string>();
  for (const [path, file] of bytes) {
    pixels.set(path, await hashPixels(file));
  }
  const groups = groupBy((path) => pixels.get(path) as string);
  const expected = [...truth.identical, ...truth.samePixels].sort(([a], [b]) =>
    (a as string) < (b as string) ? -1 : 1,
  );
  assert.deepEqual(groups, expected);
});

test('a picture stored sideways is turned by its orientation', async () => {
  const { copy, original } = truth.copies.find(({ edit }) => edit === 'sideways') ?? assert.fail();
  const stored = await sharp(bytes.get(copy)).metadata();
  const upright = await sharp(bytes.get(original)).metadata();
  assert.equal(stored.orientation, 6);
  assert.deepEqual([stored.width, stored.height], [upright.height, upright.width]);
});

test('all edits occur, and every format is there by content', async () => {
  assert.deepEqual(
    [...new Set(truth.copies.map(({ edit }) => edit))].sort(),
    Object.keys(SAMPLE_EDITS).sort(),
  );
  const formats = new Set<string>();
  for (const file of bytes.values()) {
    formats.add((await sharp(file).metadata()).format);
  }
  assert.deepEqual([...formats].sort(), ['gif', 'heif', 'jpeg', 'png', 'svg', 'tiff', 'webp']);
});

test('many photographs say when and with what they were taken', async () => {
  let dated = 0;
  for (const file of bytes.values()) {
    const { exif } = await sharp(file).metadata();
    const text = exif?.toString('latin1') ?? '';
    dated += /20\d\d:\d\d:\d\d \d\d:\d\d:\d\d/.test(text) && /Lumen|Halden|Orchard/.test(text) ? 1 : 0;
  }
  assert.ok(dated >= 20, `${dated} dated`);
});

test('drawing again gives the same bytes, in whatever order', async () => {
  for (const plan of planOriginals(1)
    .filter((_, i) => i % 9 === 4)
    .reverse()) {
    assert.ok((await drawOriginal(1, plan)).equals(bytes.get(plan.path) as Buffer), plan.path);
  }
  for (const { copy, original, edit } of truth.copies.filter((_, i) => i % 5 === 0)) {
    const again = await SAMPLE_EDITS[edit](bytes.get(original) as Buffer, createRandom(`1/edit/${copy}`));
    assert.ok(again.equals(bytes.get(copy) as Buffer), copy);
  }
});

test('another seed draws another picture', async () => {
  const [plan] = planOriginals(2);
  assert.ok(plan !== undefined);
  assert.notEqual(hash(await drawOriginal(2, plan)), hash(bytes.get(plan.path) ?? Buffer.alloc(0)));
});

test('progress counts every picture once', () => {
  const total = truth.pictures.length;
  assert.deepEqual(
    progress,
    Array.from({ length: total }, (_, i) => [i + 1, total]),
  );
});

/** Groups of two or more paths with an equal key, in the order of the truth. */
function groupBy(key: (path: string) => string): string[][] {
  const groups = new Map<string, string[]>();
  for (const path of truth.pictures) {
    groups.set(key(path), [...(groups.get(key(path)) ?? []), path]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function hash(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

async function hashPixels(file: Buffer): Promise<string> {
  const image = sharp(file).autoOrient().toColourspace('srgb').flatten({ background: '#ffffff' });
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  assert.equal(info.channels, 3);
  return `${info.width}x${info.height} ${hash(data)}`;
}
