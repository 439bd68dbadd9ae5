import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { resolveConfig } from '../src/config/resolve-config.ts';
import { evaluatedModels } from '../src/engine/evaluated-models.ts';
import { type NearDuplicatePair, nearDuplicatesOf } from './collection-near-duplicates.ts';
import type { CopyFiles } from './copy-database.ts';
import type { FileList } from './copy-peers.ts';
import { type CopyTruth, copySet, describePrograms, ORIGINALS, readTruth } from './copy-set.ts';
import { findForeignPrograms } from './foreign-edits.ts';
import { type LookedFiles, lookAtFiles } from './looked-files.ts';
import { realPhotos } from './real-photos.ts';

/** Those that the bundled model was trained on. */
export const CLOTHES = /\/clothing-small\//;

/**
 * Above it two photos of clothes show the same. Chosen by looking: of the 13 pairs that are near-duplicates by the measure's
 * own bound the first, at 0.85, is one skirt twice; the others, from 0.79 down, are different garments of one cut, each
 * laid out on a plain ground.
 */
export const SAME_CLOTHES = 0.82;

/** What benches of copies work on: a collection, copies of it, and what is known of both. */
export interface CopyMaterial {
  readonly files: CopyFiles;
  /** The collection and the copies of each seed. */
  readonly lists: readonly FileList[];
  /** Of all files, in the order of the lists. */
  readonly looked: LookedFiles;
  /** Neither right nor wrong, the nearest first; all of them in the file `nearList`. */
  readonly nearDuplicates: readonly NearDuplicatePair[];
  readonly nearList: string;
}

/** Made where it is not kept. @returns null, told, when photos or programs are missing */
export async function copyMaterial(
  seeds: readonly number[],
  say: (line: string) => void,
): Promise<CopyMaterial | null> {
  const programs = findForeignPrograms(say);
  const collection = realPhotos();
  if (programs === null || collection.length < ORIGINALS) {
    say('SKIPPED: EIDETIC_PHOTOS names no folder of enough photos, or a program is missing.');
    return null;
  }
  say(describePrograms(programs).join('\n'));
  const lists: FileList[] = [{ name: nameOf(collection), paths: collection }];
  const copies: CopyTruth[] = [];
  for (const seed of seeds) {
    const folder = await copySet(collection, seed, programs);
    const truth = readTruth(folder);
    copies.push(...truth);
    lists.push({ name: basename(folder), paths: truth.map(({ file }) => join(folder, file)) });
  }
  const looked = await lookAtLists(lists);
  const grays = looked.gray.slice(0, collection.length);
  const near = await nearDuplicatesOf(nameOf(collection), collection, grays);
  const nearDuplicates = near.pairs.filter(({ a, b, correlation }) => {
    const areClothes = [a, b].every((at) => CLOTHES.test(collection[at] as string));
    return !areClothes || correlation >= SAME_CLOTHES;
  });
  const files = {
    collection,
    copies,
    nearDuplicates: new Set(nearDuplicates.map(({ a, b }) => `${a} ${b}`)),
  };
  return { files, lists, looked, nearDuplicates, nearList: near.list };
}

async function lookAtLists(lists: readonly FileList[]): Promise<LookedFiles> {
  const config = resolveConfig({}, process.env);
  const [model] = await evaluatedModels(config, []);
  if (model === undefined) {
    throw new Error('Found no model, expected the bundled one.');
  }
  const looked: LookedFiles[] = [];
  for (const { name, paths } of lists) {
    looked.push(await lookAtFiles(name, paths, model, config));
  }
  return {
    similar: looked.flatMap(({ similar }) => similar),
    copy: looked.flatMap(({ copy }) => copy),
    gray: looked.flatMap(({ gray }) => gray),
    fine: looked.flatMap(({ fine }) => fine),
    pdq: looked.flatMap(({ pdq }) => pdq),
  };
}

/** Of what is looked at. */
function nameOf(collection: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of collection) {
    hash.update(`${path} ${statSync(path).size}\n`);
  }
  return `collection-${hash.digest('hex').slice(0, 8)}`;
}
