import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GrayPicture } from '../src/evaluation/gray-picture.ts';
import { isNearDuplicate, NearDuplicates } from '../src/evaluation/near-duplicates.ts';
import { keptFolder } from './kept-folder.ts';
import { readList } from './real-photos.ts';

/** Two pictures of a collection that show one scene from nearly one place. */
export interface NearDuplicatePair {
  /** Positions. */
  readonly a: number;
  readonly b: number;
  readonly correlation: number;
}

/**
 * All near-duplicates of a collection by correlation of the relief of gray, no model asked; each pair once, the nearest
 * first. Made once and kept.
 * @param name of the collection
 * @returns also the file that lists them, with their paths
 */
export async function nearDuplicatesOf(
  name: string,
  paths: readonly string[],
  grays: readonly Float32Array[],
): Promise<{ pairs: NearDuplicatePair[]; list: string }> {
  const folder = await keptFolder(`near-duplicates-${REVISION}-${name}`, async (folder) => {
    const lines = findPairs(grays).map(({ a, b, correlation }) =>
      [a, b, correlation.toFixed(4), paths[a], paths[b]].join('\t'),
    );
    writeFileSync(join(folder, LIST), lines.map((line) => `${line}\n`).join(''));
  });
  const list = join(folder, LIST);
  const pairs = readList(list).map((line) => {
    const [a, b, correlation] = line.split('\t').map(Number) as [number, number, number];
    return { a, b, correlation };
  });
  return { pairs, list };
}

const LIST = 'pairs.tsv';

/** Raise it when the measure changes. */
const REVISION = 1;

function findPairs(grays: readonly Float32Array[]): NearDuplicatePair[] {
  const measure = new NearDuplicates(grays as readonly GrayPicture[]);
  const pairs: NearDuplicatePair[] = [];
  for (let a = 0; a < grays.length; a++) {
    for (let b = a + 1; b < grays.length; b++) {
      const correlation = measure.correlation(a, b);
      if (isNearDuplicate(correlation)) {
        pairs.push({ a, b, correlation });
      }
    }
  }
  return pairs.sort((first, second) => second.correlation - first.correlation);
}
