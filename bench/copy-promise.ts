import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { COPY_PRESETS, type CopyWish, chooseCopies, lineAtScore } from '../src/copies/choose-copies.ts';
import { COPY_RULE_VERSION, scoredPair } from '../src/copies/judge-pair.ts';
import { isCalledCopy, type ScoredPair } from '../src/domain/copy-line.ts';
import { type Embedding, similarity } from '../src/domain/embedding.ts';
import { LEAST_OF_COPIES } from '../src/duplicates/find-copy-pairs.ts';
import type { VerifiedPair } from '../src/engine/pair-verifier.ts';
import { createRandom } from '../src/sample/seeded-random.ts';
import type { BenchOptions } from './bench-options.ts';
import { truthOfPairs } from './copy-database.ts';
import { CLOTHES, copyMaterial } from './copy-material.ts';
import type { PairTruth } from './copy-metrics.ts';
import { keptFolder } from './kept-folder.ts';
import { drawPairSheets } from './pair-sheets.ts';
import { reliefCorrelations } from './relief-correlations.ts';
import { type FilePair, verifyPairs } from './verify-pairs.ts';

/** Seed of the copies: those of seed 1 are what the curve of scores was drawn from. */
const SEED = 2;

/** Halves of each folder that are drawn, and the promises that are made of each. */
const SPLITS = 30;
const PROMISES = [1, 5, 20];

/** Of each picture so many of the nearest are looked at, as a report begins. */
const NEAREST = 5;

/** In each half they are chosen among so many of the whole folder, which are looked at once for all halves. */
const NEAREST_OF_ALL = 12;

/** Copies of each original of a seed; one of them takes part. */
const COPIES_OF_EACH = 7;

const PACKAGES =
  /\/(?:Alpro|Arla|Bravo|Garant|God-Morgon|Oatly|Tropicana|Valio|Yoggi|[^/]*(?:Milk|Juice|Yoghurt|Cream|Oat|Soy))[^/]*\//;

/** Folders of different kinds, each a collection of its own. */
const KINDS: ReadonlyArray<readonly [name: string, isOfIt: (path: string) => boolean]> = [
  ['packages in shops', (path) => /\/grocery\//.test(path) && PACKAGES.test(path)],
  ['fruit in shops', (path) => /\/grocery\//.test(path) && !PACKAGES.test(path)],
  ['flowers', (path) => /\/flowers/.test(path)],
  ['clothes on plain ground', (path) => CLOTHES.test(path)],
];

interface JudgedPair extends FilePair {
  /** Null where something else has decided: it may be a copy, and is called none wherever the line is drawn. */
  readonly scored: ScoredPair | null;
  readonly truth: PairTruth;
}

/**
 * Whether reports keep what they say of themselves: how many pairs are expected to be wrong, over halves of folders of
 * different kinds; and what is wrong at each preset, by name, and on sheets to be looked at. Of folders that are named, by a
 * part of their names, or of all.
 */
export async function benchCopyPromise({ folders: wanted, say }: BenchOptions): Promise<void> {
  say('\nFalse pairs promised and found');
  const material = await copyMaterial([SEED], say);
  if (material === null) {
    return;
  }
  const { files, lists, looked } = material;
  const paths = lists.flatMap((list) => list.paths);
  const takesPart = (at: number) => {
    const copy = at - files.collection.length;
    return copy < 0 || copy % COPIES_OF_EACH === Math.floor(copy / COPIES_OF_EACH) % COPIES_OF_EACH;
  };
  const originals = paths.map((path, at) => files.copies[at - files.collection.length]?.original ?? path);
  const kinds = KINDS.filter(([name]) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
  const folders = kinds.map(([name, isOfIt]) => ({
    name,
    members: paths.flatMap((_, at) => (takesPart(at) && isOfIt(originals[at] as string) ? [at] : [])),
  }));
  const splits = folders.map(({ name, members }) => {
    const nearest = nearestOf(members, looked.copy);
    return Array.from({ length: SPLITS }, (_, split) =>
      pairsIn(new Set(halfOf(members, originals, `${name}/${split}`)), nearest),
    );
  });
  const scores = await scoresOf(splits.flat(2), paths, lists.map(({ name }) => name).join('-'));
  const truthOf = truthOfPairs(files);
  const judged = splits.map((ofFolder) =>
    ofFolder.map((pairs) =>
      pairs.map(
        (pair): JudgedPair => ({
          ...pair,
          scored: scores.get(keyOf(pair)) ?? null,
          truth: truthOf(pair.a, pair.b),
        }),
      ),
    ),
  );
  say(
    `${SPLITS} halves of each folder, drawn by original, each with one copy of most originals of seed ${SEED}; of each picture the ${NEAREST} nearest at ${LEAST_OF_COPIES} or above that are among its ${NEAREST_OF_ALL} nearest of the whole folder. Right: a copy with its original. Wrong: pictures of different originals that are no near-duplicates by correlation of gray; what is neither takes no part.`,
  );
  for (const [i, { name, members }] of folders.entries()) {
    say(`  ${name}, ${members.length} files`);
    for (const most of PROMISES) {
      tellPromise(judged[i] as JudgedPair[][], most, say);
    }
  }
  const sheets = mkdtempSync(join(tmpdir(), 'eidetic-copy-promise-'));
  for (const [i, { name }] of folders.entries()) {
    const all = [
      ...new Map((judged[i] as JudgedPair[][]).flat().map((pair) => [keyOf(pair), pair])).values(),
    ];
    tellPresets(name, all, paths, say);
    await drawWrong(all, paths, join(sheets, name.replaceAll(' ', '-')));
  }
  say(`Sheets of the false pairs of a score of ${COPY_PRESETS.broad} or above, the surest first: ${sheets}`);
}

function halfOf(members: readonly number[], originals: readonly string[], seed: string): number[] {
  const all = [...new Set(members.map((at) => originals[at] as string))];
  const half = new Set(
    createRandom(seed)
      .shuffled(all)
      .slice(0, Math.ceil(all.length / 2)),
  );
  return members.filter((at) => half.has(originals[at] as string));
}

/** Of each member those of a folder that are near enough to be looked at, the nearest first. */
function nearestOf(
  members: readonly number[],
  vectors: ReadonlyArray<Float32Array | null>,
): ReadonlyMap<number, readonly number[]> {
  return new Map(
    members.map((at) => [
      at,
      members
        .filter((other) => other !== at)
        .map((other) => ({
          other,
          near: similarity(vectors[at] as Embedding, vectors[other] as Embedding),
        }))
        .filter(({ near }) => near >= LEAST_OF_COPIES)
        .sort((x, y) => y.near - x.near)
        .slice(0, NEAREST_OF_ALL)
        .map(({ other }) => other),
    ]),
  );
}

/** Each once. */
function pairsIn(half: ReadonlySet<number>, nearest: ReadonlyMap<number, readonly number[]>): FilePair[] {
  const pairs = new Map<string, FilePair>();
  for (const at of half) {
    const near = (nearest.get(at) ?? []).filter((other) => half.has(other)).slice(0, NEAREST);
    for (const other of near) {
      const pair = { a: Math.min(at, other), b: Math.max(at, other) };
      pairs.set(keyOf(pair), pair);
    }
  }
  return [...pairs.values()];
}

function keyOf({ a, b }: FilePair): string {
  return `${a} ${b}`;
}

/** How pairs count, found once and kept; none where something else has decided. @param name of the files */
async function scoresOf(
  pairs: readonly FilePair[],
  paths: readonly string[],
  name: string,
): Promise<Map<string, ScoredPair>> {
  const unique = [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()].sort(
    (x, y) => x.a - y.a || x.b - y.b,
  );
  const folder = await keptFolder(
    `copy-promise-scored-${COPY_RULE_VERSION}-${unique.length}-${name}`,
    async (made) => {
      const verified = await verifyPairs(unique, paths);
      const lines = unique.flatMap((pair, i) => {
        const scored = scoredPair(verified[i] as VerifiedPair);
        return scored === null ? [] : [`${keyOf(pair)} ${scored.score} ${Number(scored.isHeldBack)}\n`];
      });
      writeFileSync(join(made, 'scores'), lines.join(''));
    },
  );
  const lines = readFileSync(join(folder, 'scores'), 'utf8').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [a, b, score, isHeldBack] = line.split(' ');
      return [`${a} ${b}`, { score: Number(score), isHeldBack: isHeldBack === '1' }] as const;
    }),
  );
}

function tellPromise(
  splits: ReadonlyArray<readonly JudgedPair[]>,
  most: number,
  say: (line: string) => void,
): void {
  const wish: CopyWish = { by: 'false pairs', most, takesHeldBack: true };
  const runs = splits.map((all) => {
    const pairs = all.filter(({ truth }) => truth !== 'aside');
    const chosen = chooseCopies(
      pairs.flatMap(({ scored }) => scored ?? []),
      wish,
    );
    const isCalled = ({ scored }: JudgedPair) => scored !== null && isCalledCopy(scored, chosen);
    const wrong = pairs.filter((pair) => pair.truth === 'wrong' && isCalled(pair)).length;
    const copies = pairs.filter(({ truth }) => truth === 'copy');
    const found = copies.filter(isCalled).length;
    return { ...chosen, wrong, recall: found / copies.length };
  });
  const mean = (value: (run: (typeof runs)[number]) => number) =>
    (runs.reduce((sum, run) => sum + value(run), 0) / runs.length).toFixed(2);
  const held = runs.filter(({ wrong, mostWrong }) => wrong <= mostWrong).length;
  say(
    `    at most ${String(most).padStart(2)}: expected ${mean((run) => run.expectedWrong)}, found ${mean((run) => run.wrong)} false pairs (means); bound ${mean((run) => run.mostWrong)}, held in ${held} of ${runs.length}; called ${mean((run) => run.called)}, recall ${mean((run) => run.recall)}`,
  );
}

/** @param all pairs of all halves, each once */
function tellPresets(
  name: string,
  all: readonly JudgedPair[],
  paths: readonly string[],
  say: (line: string) => void,
): void {
  const wrong = all.filter(({ truth }) => truth === 'wrong').sort((x, y) => scoreOf(y) - scoreOf(x));
  const copies = all.filter(({ truth }) => truth === 'copy');
  const counts = Object.entries(COPY_PRESETS).map(([preset, least]) => {
    const [found, isNone] = [copies, wrong].map(
      (pairs) =>
        pairs.filter(({ scored }) => scored !== null && isCalledCopy(scored, lineAtScore(least))).length,
    );
    return `${preset} ${found} copies and ${isNone} false pairs`;
  });
  say(`  ${name}, ${all.length} pairs looked at, ${copies.length} of them copies: ${counts.join(', ')}`);
  for (const pair of wrong.filter((one) => scoreOf(one) >= COPY_PRESETS.copies)) {
    say(`    ${scoreWords(pair)} ${paths[pair.a]} ${paths[pair.b]}`);
  }
}

function scoreOf({ scored }: Pick<JudgedPair, 'scored'>): number {
  return scored?.score ?? Number.NEGATIVE_INFINITY;
}

function scoreWords(pair: Pick<JudgedPair, 'scored'>): string {
  return `${scoreOf(pair).toFixed(2)}${pair.scored?.isHeldBack ? ' held back' : ''}`;
}

async function drawWrong(
  all: readonly JudgedPair[],
  paths: readonly string[],
  folder: string,
): Promise<void> {
  const wrong = all
    .filter((pair) => pair.truth === 'wrong' && scoreOf(pair) >= COPY_PRESETS.broad)
    .sort((x, y) => scoreOf(y) - scoreOf(x));
  const correlations = await reliefCorrelations(wrong, paths);
  const shown = wrong.map(({ a, b, ...pair }, i) => ({
    a: paths[a] as string,
    b: paths[b] as string,
    label: `${scoreWords(pair)} relief ${correlations[i]?.toFixed(2)} ${basename(paths[a] as string)} ${basename(paths[b] as string)}`,
  }));
  await drawPairSheets(shown, folder);
}
