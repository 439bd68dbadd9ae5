import { resolveConfig } from '../src/config/resolve-config.ts';
import { PictureDecoders } from '../src/imaging/picture-decoders.ts';
import type { BenchOptions } from './bench-options.ts';
import { childrenCpuSeconds } from './child-cpu.ts';
import { comparePlaces, type PlaceOff } from './compare-places.ts';
import { type GeometryPair, geometryPairs } from './geometry-pairs.ts';
import { openCv } from './placing/open-cv.ts';
import { placeByCrops } from './placing/place-by-crops.ts';
import { placeByOpenCv } from './placing/place-by-opencv.ts';
import { placeByOwnKeypoints } from './placing/place-by-own-keypoints.ts';
import { placeByTokens } from './placing/place-by-tokens.ts';
import { placeByVerifier } from './placing/place-by-verifier.ts';
import { PLACE_WHOLE } from './placing/place-whole.ts';
import type { PlacingWay } from './placing/placing-way.ts';
import { median } from './spread.ts';

/** Pairs that each way places before it is measured: code is compiled and processes are started meanwhile. */
const WARMING = 10;

/** IoU above which a place is right. */
const RIGHT = 0.7;

/** Misplaced copies that are named. */
const MOST_NAMED = 12;

interface Placed extends PlaceOff {
  readonly pair: GeometryPair['truth'];
  /** CPU milliseconds of this process: looking at each picture for itself, and then at the pair. */
  readonly lookingMs: number;
  readonly pairMs: number;
  /** CPU milliseconds of the processes that decode, by hundredths of a second: good for means alone. */
  readonly decodingMs: number;
}

/**
 * Ways to find where a copy lies on its original, on the pairs of `copy-geometry`. All decode by Eidetic's own decoding
 * processes; each pair is placed by one way after the other, so that a busy machine slows all of them alike.
 */
export async function benchCopyGeometryWays({ say, pictures }: BenchOptions): Promise<void> {
  say('\nWays to find where copies lie on their originals, edited by ImageMagick and ffmpeg');
  const pairs = await geometryPairs(say);
  if (pairs === null) {
    return;
  }
  const { limits } = resolveConfig({}, process.env);
  const decoders = new PictureDecoders({ limits, givesWay: false });
  const ways = [
    placeByVerifier(decoders, limits.maxBytes),
    placeByOwnKeypoints(decoders),
    await placeByTokens(decoders),
    await placeByCrops(decoders),
    ...(await openCvWays(decoders, say)),
    PLACE_WHOLE,
  ];
  for (const truth of pairs.others.slice(0, WARMING)) {
    const { copy, original } = await pairs.read(truth);
    for (const way of ways) {
      await way.place(copy, original, () => {});
    }
  }
  const placed = new Map<PlacingWay, Placed[]>(ways.map((way) => [way, []]));
  for (const truth of pairs.measured.slice(0, pictures)) {
    const pair = await pairs.read(truth);
    for (const [way, all] of placed) {
      all.push(await measure(way, pair));
    }
  }
  for (const way of ways) {
    await way.close();
  }
  decoders.close();
  for (const [way, all] of placed) {
    tell(way.name, all, say);
  }
}

async function openCvWays(decoders: PictureDecoders, say: (line: string) => void): Promise<PlacingWay[]> {
  try {
    const cv = await openCv();
    return [placeByOpenCv(cv, 'ORB', decoders), placeByOpenCv(cv, 'AKAZE', decoders)];
  } catch (error) {
    say(`SKIPPED: OpenCV: ${(error as Error).message}`);
    return [];
  }
}

async function measure(way: PlacingWay, { truth, copy, original }: GeometryPair): Promise<Placed> {
  const decodingBefore = childrenCpuSeconds();
  const begun = ownCpuMs();
  let looked = begun;
  const map = await way.place(copy, original, () => {
    looked = ownCpuMs();
  });
  const ended = ownCpuMs();
  const decodingMs = 1_000 * (childrenCpuSeconds() - decodingBefore);
  return {
    ...comparePlaces(map, truth, copy, original),
    ...{ pair: truth, lookingMs: looked - begun, pairMs: ended - looked, decodingMs },
  };
}

function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function tell(name: string, placed: readonly Placed[], say: (line: string) => void): void {
  say(`\n  ${name}, ${placed.length} pairs`);
  say(
    `  ${''.padEnd(24)} turn right  IoU median  above ${RIGHT}  on the copy  all right  decoding  looking    pair  right a CPU second`,
  );
  tellRow('all', placed, say);
  for (const edit of [...new Set(placed.map(({ pair }) => pair.edit))].sort()) {
    tellRow(
      edit,
      placed.filter(({ pair }) => pair.edit === edit),
      say,
    );
  }
  const wrong = placed.filter((one) => !isRight(one));
  const named = wrong.slice(0, MOST_NAMED).map(({ pair }) => `${pair.file} (${pair.edit})`);
  say(`  misplaced: ${wrong.length}${named.length > 0 ? `, ${named.join(', ')}` : ''}`);
}

function tellRow(name: string, placed: readonly Placed[], say: (line: string) => void): void {
  const mean = (value: (one: Placed) => number) =>
    placed.reduce((sum, one) => sum + value(one), 0) / placed.length;
  const share = (isSo: (one: Placed) => boolean) => mean((one) => (isSo(one) ? 1 : 0)).toFixed(2);
  const times = [mean((one) => one.decodingMs), mean((one) => one.lookingMs), mean((one) => one.pairMs)];
  const ms = times.reduce((sum, time) => sum + time, 0);
  const cells = [
    ...[share(({ isTurnRight }) => isTurnRight), median(placed.map(({ iou }) => iou)).toFixed(2)],
    ...[share(({ iou }) => iou > RIGHT), share(({ iouOnCopy }) => iouOnCopy > RIGHT), share(isRight)],
    ...times.map((time) => time.toFixed(1)),
    ms < 1 ? '-' : ((1_000 * mean((one) => (isRight(one) ? 1 : 0))) / ms).toFixed(2),
  ];
  say(`  ${name.padEnd(24)} ${cells.map((cell, i) => cell.padStart(WIDTHS[i] as number)).join('  ')}`);
}

const WIDTHS = [10, 10, 9, 11, 9, 8, 7, 6, 18];

/** Turned, mirrored and where it belongs, on the original and on the copy. */
function isRight({ isTurnRight, iou, iouOnCopy }: Placed): boolean {
  return isTurnRight && iou > RIGHT && iouOnCopy > RIGHT;
}
