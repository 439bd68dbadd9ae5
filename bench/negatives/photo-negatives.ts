import { basename, dirname } from 'node:path';
import { createRandom } from '../../src/sample/seeded-random.ts';
import { realPhotos } from '../real-photos.ts';
import { reliefCorrelations } from '../relief-correlations.ts';
import type { FilePair } from '../verify-pairs.ts';
import { allPairs, type NegativeKind } from './negative-kind.ts';

/** Of flowers and of clothes; drawn, where there are more. */
const MOST_PAIRS = 1_000;

const SEED = 'copy-negatives/1';

/** Correlation of relief from which two photos of groceries show one shelf from places next to each other. */
const NEAR_SHOTS = 0.4;

const GROCERY = /\/grocery\//;

/** Photos of one label in one folder: products of one kind, flowers, clothes; and of products those shot next to each other. */
export async function photoNegatives(say: (line: string) => void): Promise<NegativeKind[]> {
  const paths = realPhotos();
  const groceries = pairsOfLabels(paths, GROCERY);
  if (groceries.length === 0) {
    say('SKIPPED photos: EIDETIC_PHOTOS names no collection with a folder of groceries.');
    return [];
  }
  const near = await nearShotsAmong(groceries, paths);
  return [
    {
      name: 'shots of one shelf, next to each other',
      about: `pairs of one product whose relief correlates by ${NEAR_SHOTS} or more`,
      paths,
      pairs: near,
    },
    {
      name: 'products of one kind',
      about: `all other pairs within ${labelsOf(paths, GROCERY).size} products`,
      paths,
      pairs: groceries.filter((pair) => !near.includes(pair)),
    },
    drawn('flowers of one kind', paths, /\/flowers/),
    drawn('clothes of one kind', paths, /\/clothing/),
  ];
}

function drawn(name: string, paths: readonly string[], isOfIt: RegExp): NegativeKind {
  const all = pairsOfLabels(paths, isOfIt);
  const pairs = createRandom(`${SEED}/${name}`).shuffled(all).slice(0, MOST_PAIRS);
  return { name, about: `${pairs.length} of ${all.length} pairs within a kind`, paths, pairs };
}

function pairsOfLabels(paths: readonly string[], isOfIt: RegExp): FilePair[] {
  return [...labelsOf(paths, isOfIt).values()].flatMap(allPairs);
}

/** A photo's label is the name of its folder. */
function labelsOf(paths: readonly string[], isOfIt: RegExp): ReadonlyMap<string, number[]> {
  const labels = new Map<string, number[]>();
  for (const [at, path] of paths.entries()) {
    if (isOfIt.test(path)) {
      const label = basename(dirname(path));
      labels.set(label, [...(labels.get(label) ?? []), at]);
    }
  }
  return labels;
}

async function nearShotsAmong(pairs: readonly FilePair[], paths: readonly string[]): Promise<FilePair[]> {
  const correlations = await reliefCorrelations(pairs, paths);
  return pairs.filter((_, i) => (correlations[i] as number) >= NEAR_SHOTS);
}
