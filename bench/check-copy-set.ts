import { join } from 'node:path';
import sharp from 'sharp';
import { inverseOf, mapPoint } from './affine-map.ts';
import { type CopyTruth, readTruth } from './copy-set.ts';
import { median } from './spread.ts';

// node dist/bench/check-copy-set.js FOLDER; whether the geometry that a set of copies tells is that of its pixels: of each
// copy, the correlation of its gray with that of the original at the places that the map names. Prints by edit the median,
// the lowest tenth, and the lowest, and the share of copies that agree less when the map is off by 4 % of the original.

/** Points looked at in each direction. */
const POINTS = 40;

/** How far off the map is put on purpose, a share of the original's sides. */
const ASTRAY = 0.04;

interface Gray {
  readonly values: Buffer;
  readonly width: number;
  readonly height: number;
}

const folder = process.argv[2] ?? '';
const byEdit = new Map<string, Array<{ told: number; astray: number }>>();
for (const truth of readTruth(folder)) {
  const [copy, original] = [await grayOf(join(folder, truth.file)), await grayOf(truth.original)];
  const told = agreement(truth, copy, original, 0);
  const astray = agreement(truth, copy, original, ASTRAY);
  byEdit.set(truth.edit, [...(byEdit.get(truth.edit) ?? []), { told, astray }]);
}
for (const [edit, all] of byEdit) {
  const told = all.map(({ told }) => told).sort((a, b) => a - b);
  const fallen = all.filter(({ told, astray }) => astray < told).length / all.length;
  const figures = [median(told), told[Math.floor(told.length / 10)] as number, told[0] as number];
  console.log(
    `${edit}: ${figures.map((value) => value.toFixed(3)).join(', ')}; ${(100 * fallen).toFixed(0)} %`,
  );
}

async function grayOf(path: string): Promise<Gray> {
  const { data, info } = await sharp(path).grayscale().blur(1.5).raw().toBuffer({ resolveWithObject: true });
  return { values: data, width: info.width, height: info.height };
}

function agreement({ map, visible }: CopyTruth, copy: Gray, original: Gray, astray: number): number {
  const toCopy = inverseOf(map);
  const [x0, y0, x1, y1] = visible;
  const pairs: Array<[number, number]> = [];
  for (let i = 0; i < POINTS * POINTS; i++) {
    const x = (x0 + ((x1 - x0) * ((i % POINTS) + 0.5)) / POINTS) * original.width;
    const y = (y0 + ((y1 - y0) * (Math.floor(i / POINTS) + 0.5)) / POINTS) * original.height;
    const [u, v] = mapPoint(toCopy, x + astray * original.width, y + astray * original.height);
    const there = valueAt(copy, u, v);
    if (there !== null) {
      pairs.push([valueAt(original, x, y) as number, there]);
    }
  }
  return correlate(pairs);
}

function valueAt({ values, width, height }: Gray, x: number, y: number): number | null {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  return column < 0 || row < 0 || column >= width || row >= height
    ? null
    : (values[row * width + column] as number);
}

function correlate(pairs: ReadonlyArray<readonly [number, number]>): number {
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [meanA, meanB] = [mean(0), mean(1)];
  let [ofA, ofB, both] = [0, 0, 0];
  for (const [a, b] of pairs) {
    ofA += (a - meanA) ** 2;
    ofB += (b - meanB) ** 2;
    both += (a - meanA) * (b - meanB);
  }
  return both / Math.sqrt(ofA * ofB || 1);
}
