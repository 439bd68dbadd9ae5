import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveConfig } from '../src/config/resolve-config.ts';
import { describeMap } from '../src/copies/describe-map.ts';
import { PairVerifier, type VerifiedPair } from '../src/engine/pair-verifier.ts';
import { PictureDecoders } from '../src/imaging/picture-decoders.ts';
import type { BenchOptions } from './bench-options.ts';
import { type CopyTruth, copySet, readTruth } from './copy-set.ts';
import { findForeignPrograms } from './foreign-edits.ts';
import { realPhotos } from './real-photos.ts';
import { median } from './spread.ts';

/** Of the set one in so many is looked at: 300 pairs. */
const ONE_IN = 7;

/** Degrees that a turn may be off. */
const TURN_OFF = 2;

interface Placed {
  readonly edit: string;
  readonly verdict: VerifiedPair['verdict'];
  /** Of the visible part found and the true one: intersection over union; 0 where none was found. */
  readonly iou: number;
  /** Whether mirror and turn are as they were made. */
  readonly isTurnRight: boolean;
}

/** How well copies are placed on their originals, of which it is known where they lie. */
export async function benchCopyGeometry({ say }: BenchOptions): Promise<void> {
  say('\nWhere copies lie on their originals, edited by ImageMagick and ffmpeg');
  const programs = findForeignPrograms(say);
  const collection = realPhotos();
  if (programs === null || collection.length === 0) {
    say('SKIPPED: EIDETIC_PHOTOS names no folder of photos, or a program is missing.');
    return;
  }
  const folder = await copySet(collection, 1, programs);
  const truths = readTruth(folder).filter((_, i) => i % ONE_IN === 0);
  const { limits } = resolveConfig({}, process.env);
  const decoders = new PictureDecoders({ limits, givesWay: false });
  const verifier = new PairVerifier(decoders, limits.maxBytes);
  const view = async (path: string) => verifier.views.ofBytes(new Uint8Array(await readFile(path)));
  const placed: Placed[] = [];
  const startedAt = performance.now();
  for (const truth of truths) {
    const [copy, original] = [await view(join(folder, truth.file)), await view(truth.original)];
    const { verdict, evidence } = await verifier.verify(copy, original);
    placed.push({ edit: truth.edit, verdict, ...comparePlaces(evidence.map, truth, copy, original) });
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await verifier.close();
  decoders.close();
  tell(placed, seconds, say);
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function comparePlaces(
  map: VerifiedPair['evidence']['map'],
  truth: CopyTruth,
  copy: Size,
  original: Size,
): Pick<Placed, 'iou' | 'isTurnRight'> {
  if (map === null) {
    return { iou: 0, isTurnRight: false };
  }
  const found = describeMap(map, copy, original);
  const [xx, xy, x0, yx, yy, y0] = truth.map;
  const made = describeMap(
    {
      ...{
        xx: (xx * copy.width) / original.width,
        xy: (xy * copy.height) / original.width,
        x0: x0 / original.width,
      },
      ...{
        yx: (yx * copy.width) / original.height,
        yy: (yy * copy.height) / original.height,
        y0: y0 / original.height,
      },
    },
    copy,
    original,
  );
  const off = Math.abs(((found.turnedDegrees - made.turnedDegrees + 540) % 360) - 180);
  const [left, top, right, bottom] = truth.visible;
  return {
    iou: overlapOf(found.region, { x: left, y: top, width: right - left, height: bottom - top }),
    isTurnRight: found.isMirrored === made.isMirrored && off <= TURN_OFF,
  };
}

interface Region extends Size {
  readonly x: number;
  readonly y: number;
}

function overlapOf(a: Region, b: Region): number {
  const along = (from: number, to: number, other: number, end: number) =>
    Math.max(0, Math.min(to, end) - Math.max(from, other));
  const both =
    along(a.x, a.x + a.width, b.x, b.x + b.width) * along(a.y, a.y + a.height, b.y, b.y + b.height);
  return both / (a.width * a.height + b.width * b.height - both);
}

function tell(placed: readonly Placed[], seconds: number, say: (line: string) => void): void {
  const share = (all: readonly Placed[], isSo: (one: Placed) => boolean) =>
    all.filter(isSo).length / all.length;
  const line = (name: string, all: readonly Placed[]) =>
    say(
      `  ${name.padEnd(24)} ${String(all.length).padStart(4)} pairs, called copies ${show(share(all, ({ verdict }) => verdict === 'copy'))}, turn and mirror right ${show(share(all, ({ isTurnRight }) => isTurnRight))}, IoU ${show(median(all.map(({ iou }) => iou)))} in the median, above 0.7 in ${show(share(all, ({ iou }) => iou > 0.7))}`,
    );
  line('all', placed);
  for (const edit of [...new Set(placed.map((one) => one.edit))].sort()) {
    line(
      edit,
      placed.filter((one) => one.edit === edit),
    );
  }
  say(
    `  ${((1_000 * seconds) / placed.length).toFixed(0)} ms a pair, decoding both and comparing, one at a time`,
  );
}

function show(value: number): string {
  return value.toFixed(2);
}
