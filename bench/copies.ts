import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { resolveConfig } from '../src/config/resolve-config.ts';
import { evaluatedModels } from '../src/engine/evaluated-models.ts';
import type { BenchOptions } from './bench-options.ts';
import { nearDuplicatesOf } from './collection-near-duplicates.ts';
import { type ContenderRankings, editsTable, figuresTable } from './copies-report.ts';
import { type CopyContender, ownContenders } from './copy-contenders.ts';
import { type CopyFiles, picturesAndCopies, queriesOf, uneditedPictures } from './copy-database.ts';
import { type FileList, peerContenders } from './copy-peers.ts';
import { type CopyTruth, copySet, describePrograms, ORIGINALS, readTruth } from './copy-set.ts';
import { findForeignPrograms } from './foreign-edits.ts';
import { type LookedFiles, lookAtFiles } from './looked-files.ts';
import type { ScoringContender } from './pair-scorer.ts';
import { COPY_AND_PDQ } from './pdq-scorer.ts';
import { type CopyDatabase, rankCopies, scoreAgain } from './rank-copies.ts';
import { realPhotos } from './real-photos.ts';
import { VERIFIED } from './verified-scorer.ts';

/** Those that the bundled model was trained on. */
const CLOTHES = /\/clothing-small\//;

/**
 * Above it two photos of clothes show the same. Chosen by looking: of the 13 pairs that are near-duplicates by the measure's
 * own bound the first, at 0.85, is one skirt twice; the others, from 0.79 down, are different garments of one cut, each
 * laid out on a plain ground.
 */
const SAME_CLOTHES = 0.82;

/** Pairs named one by one. */
const PAIRS_NAMED = 10;

/**
 * Who finds the originals of edited copies, and how surely: the bundled model's vectors, perceptual hashes, tools that
 * people use, and whoever looks again at what one of these found. By as many seeds as there are rounds.
 */
export async function benchCopies({ rounds, say }: BenchOptions): Promise<void> {
  say('\nOriginals of copies that ImageMagick and ffmpeg have edited');
  const programs = findForeignPrograms(say);
  const collection = realPhotos();
  if (programs === null || collection.length < ORIGINALS) {
    say('SKIPPED: EIDETIC_PHOTOS names no folder of enough photos, or a program is missing.');
    return;
  }
  say(describePrograms(programs).join('\n'));
  const lists: FileList[] = [{ name: nameOf(collection), paths: collection }];
  const copies: CopyTruth[] = [];
  for (let seed = 1; seed <= rounds; seed++) {
    const folder = await copySet(collection, seed, programs);
    const truth = readTruth(folder);
    copies.push(...truth);
    lists.push({ name: basename(folder), paths: truth.map(({ file }) => join(folder, file)) });
  }
  const looked = await lookAtLists(lists);
  const grays = looked.gray.slice(0, collection.length);
  const near = await nearDuplicatesOf(nameOf(collection), collection, grays);
  const pairs = near.pairs.filter(({ a, b, correlation }) => {
    const areClothes = [a, b].every((at) => CLOTHES.test(collection[at] as string));
    return !areClothes || correlation >= SAME_CLOTHES;
  });
  const nearDuplicates = new Set(pairs.map(({ a, b }) => `${a} ${b}`));
  const files: CopyFiles = { collection, copies, nearDuplicates };
  say(
    `${copies.length} copies of ${ORIGINALS} pictures a seed (seeds 1 to ${rounds}), 7 of 21 edits each; looked for among ${collection.length} pictures.`,
  );
  say(
    `${pairs.length} pairs of near-duplicates among these are neither right nor wrong, the nearest of them:`,
  );
  for (const { a, b, correlation } of pairs.slice(0, PAIRS_NAMED)) {
    say(`  ${correlation.toFixed(2)} ${shortName(collection, a)}, ${shortName(collection, b)}`);
  }
  say(`  all in ${near.list}, where those of clothes below ${SAME_CLOTHES} count as wrong`);
  const contenders = [...ownContenders(looked), ...(await peerContenders(lists, say))];
  const paths = lists.flatMap((list) => list.paths);

  const unedited = await rankAll(files, uneditedPictures(files), contenders, paths, [COPY_AND_PDQ, VERIFIED]);
  say(
    '\nAmong the unedited pictures. In brackets 95 % bootstrap over originals; seeds: the lowest and highest.',
  );
  say(figuresTable(unedited, () => true).join('\n'));
  say('\nThe same without copies of clothes, which the bundled model was trained on:');
  say(figuresTable(unedited, ({ original }) => !CLOTHES.test(original)).join('\n'));
  say('\nThe same without insets:');
  say(figuresTable(unedited, ({ edit }) => edit !== 'inset').join('\n'));
  say('\nRecall by edit at the one threshold that gives precision 0.99 over all copies:');
  say(editsTable(unedited).join('\n'));
  const withCopies = await rankAll(files, picturesAndCopies(files), contenders, paths, [COPY_AND_PDQ]);
  say(
    '\nAmong the unedited pictures and the other copies of the seed; two copies of one picture are neither right nor wrong:',
  );
  say(figuresTable(withCopies, () => true).join('\n'));
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

async function rankAll(
  files: CopyFiles,
  database: CopyDatabase,
  contenders: readonly CopyContender[],
  paths: readonly string[],
  scoring: readonly ScoringContender[],
): Promise<ContenderRankings[]> {
  const queries = queriesOf(files);
  const rankings: ContenderRankings[] = contenders.map((contender) => ({
    name: contender.name,
    ranked: rankCopies(queries, database, contender),
  }));
  for (const { name, candidatesOf, open } of scoring) {
    const found = rankings.find((ranking) => ranking.name === candidatesOf);
    if (found === undefined) {
      throw new Error(`${name} looks again at what ${candidatesOf} found, and there is none.`);
    }
    const scorer = await open();
    try {
      rankings.push({ name, ranked: await scoreAgain(queries, found.ranked, paths, scorer.score) });
    } finally {
      await scorer.close();
    }
  }
  return rankings;
}

/** Of what is looked at. */
function nameOf(collection: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of collection) {
    hash.update(`${path} ${statSync(path).size}\n`);
  }
  return `collection-${hash.digest('hex').slice(0, 8)}`;
}

function shortName(collection: readonly string[], at: number): string {
  return (collection[at] as string).split('/').slice(-3).join('/');
}
