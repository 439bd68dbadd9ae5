import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { positions } from '../src/engine/positions.ts';
import { asCompleted } from '../src/indexer/as-completed.ts';
import { createRandom } from '../src/sample/seeded-random.ts';
import type { AffineMap, Rectangle } from './affine-map.ts';
import { copySetEdits, type LocatedEdit, type SizedPicture } from './copy-set-edits.ts';
import type { ForeignPrograms } from './foreign-edits.ts';
import { keptFolder } from './kept-folder.ts';

/** Pictures of which a seed makes copies. */
export const ORIGINALS = 300;

/** Copies of each. */
const COPIES_OF_EACH = 7;

/** Raise it when the edits or the draw change: kept sets are made again. */
const REVISION = 1;

/** A line of `truth.jsonl`: one copy. */
export interface CopyTruth {
  /** The copy's file, in the set's folder. */
  readonly file: string;
  /** Absolute path of the picture that it was made of, which is in the collection. */
  readonly original: string;
  /** Absolute path of another picture of the collection that the copy shows too, or null: see the edit `inset`. */
  readonly ground: string | null;
  readonly edit: string;
  readonly seed: number;
  /** From pixels of the copy to pixels of the original. */
  readonly map: AffineMap;
  /** What the copy shows of the original, in fractions of its width and height. */
  readonly visible: Rectangle;
}

/**
 * Copies of {@link ORIGINALS} pictures of a collection with the truth about each, made once and kept. Each original gets a
 * third of the edits, drawn, and each edit a third of the originals: all of all would be three times as many copies of the
 * same pictures.
 * @param collection paths of picture files, all of which are the database that copies are looked for in
 * @returns the folder: JPEG files and `truth.jsonl`
 */
export function copySet(
  collection: readonly string[],
  seed: number,
  programs: ForeignPrograms,
): Promise<string> {
  const name = `copy-set-${REVISION}-seed-${seed}-${digestOf(collection, programs)}`;
  return keptFolder(name, async (folder) => {
    const edits = copySetEdits(programs);
    const planned = planCopies(collection, edits, seed);
    const truth: CopyTruth[] = [];
    const make = async (at: number) => {
      truth[at] = await makeCopy(planned[at] as PlannedCopy, at, collection, seed, folder);
    };
    for await (const _ of asCompleted(
      positions(planned.length, new AbortController().signal),
      make,
      availableParallelism(),
    )) {
      // Each has its place in the list.
    }
    writeFileSync(join(folder, 'truth.jsonl'), truth.map((line) => `${JSON.stringify(line)}\n`).join(''));
  });
}

/** What is known of the copies in a set's folder. */
export function readTruth(folder: string): CopyTruth[] {
  return readFileSync(join(folder, 'truth.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as CopyTruth);
}

interface PlannedCopy {
  readonly original: string;
  readonly edit: LocatedEdit;
}

/** Of every three originals each edit is for one. */
function planCopies(
  collection: readonly string[],
  edits: readonly LocatedEdit[],
  seed: number,
): PlannedCopy[] {
  const originals = createRandom(`${seed}/copy-set`).shuffled(collection).slice(0, ORIGINALS);
  const hands = edits.length / COPIES_OF_EACH;
  return originals.flatMap((original, at) => {
    const dealt = createRandom(`${seed}/edits/${Math.floor(at / hands)}`).shuffled(edits);
    const hand = (at % hands) * COPIES_OF_EACH;
    return dealt.slice(hand, hand + COPIES_OF_EACH).map((edit) => ({ original, edit }));
  });
}

async function makeCopy(
  { original, edit }: PlannedCopy,
  at: number,
  collection: readonly string[],
  seed: number,
  folder: string,
): Promise<CopyTruth> {
  const random = createRandom(`${seed}/copy/${at}`);
  const others = collection.filter((path) => path !== original);
  const ground = random.pick(others);
  const { bytes, map, visible } = await edit.make(
    await sizedPicture(original),
    random,
    await sizedPicture(ground),
  );
  const file = `${String(at).padStart(4, '0')}.jpg`;
  await writeFile(join(folder, file), bytes);
  return { file, original, ground: edit.isInset ? ground : null, edit: edit.name, seed, map, visible };
}

/**
 * Reads a picture file.
 * @throws Error for a picture that is to be turned before it is shown: its geometry would be another
 */
export async function sizedPicture(path: string): Promise<SizedPicture> {
  const bytes = await readFile(path);
  const { width, height, orientation = 1 } = await sharp(bytes).metadata();
  if (orientation !== 1) {
    throw new Error(`${path} has EXIF orientation ${orientation}, expected 1.`);
  }
  return { path, bytes, width, height };
}

/** Their names and versions. */
export function describePrograms({ magick, ffmpeg }: ForeignPrograms): string[] {
  return [magick, ffmpeg].map(
    (program) => spawnSync(program, ['-version'], { encoding: 'utf8' }).stdout.split('\n')[0] as string,
  );
}

/** Of what the set depends on. */
function digestOf(collection: readonly string[], programs: ForeignPrograms): string {
  const hash = createHash('sha256');
  for (const path of collection) {
    hash.update(`${path} ${statSync(path).size}\n`);
  }
  hash.update(describePrograms(programs).join(''));
  return hash.update(programs.font).digest('hex').slice(0, 8);
}
