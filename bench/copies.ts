import type { BenchOptions } from './bench-options.ts';
import { type ContenderRankings, editsTable, figuresTable } from './copies-report.ts';
import { type CopyContender, ownContenders } from './copy-contenders.ts';
import { type CopyFiles, picturesAndCopies, queriesOf, uneditedPictures } from './copy-database.ts';
import { CLOTHES, copyMaterial, SAME_CLOTHES } from './copy-material.ts';
import { peerContenders } from './copy-peers.ts';
import { ORIGINALS } from './copy-set.ts';
import type { ScoringContender } from './pair-scorer.ts';
import { COPY_AND_PDQ } from './pdq-scorer.ts';
import { type CopyDatabase, rankCopies, scoreAgain } from './rank-copies.ts';
import { VERIFIED } from './verified-scorer.ts';

/** Pairs named one by one. */
const PAIRS_NAMED = 10;

/**
 * Who finds the originals of edited copies, and how surely: the bundled model's vectors, perceptual hashes, tools that
 * people use, and whoever looks again at what one of these found. By as many seeds as there are rounds.
 */
export async function benchCopies({ rounds, say }: BenchOptions): Promise<void> {
  say('\nOriginals of copies that ImageMagick and ffmpeg have edited');
  const seeds = Array.from({ length: rounds }, (_, i) => i + 1);
  const material = await copyMaterial(seeds, say);
  if (material === null) {
    return;
  }
  const { files, lists, looked, nearDuplicates, nearList } = material;
  const { collection, copies } = files;
  say(
    `${copies.length} copies of ${ORIGINALS} pictures a seed (seeds 1 to ${rounds}), 7 of 21 edits each; looked for among ${collection.length} pictures.`,
  );
  say(
    `${nearDuplicates.length} pairs of near-duplicates among these are neither right nor wrong, the nearest of them:`,
  );
  for (const { a, b, correlation } of nearDuplicates.slice(0, PAIRS_NAMED)) {
    say(`  ${correlation.toFixed(2)} ${shortName(collection, a)}, ${shortName(collection, b)}`);
  }
  say(`  all in ${nearList}, where those of clothes below ${SAME_CLOTHES} count as wrong`);
  const contenders = [...ownContenders(looked, collection.length), ...(await peerContenders(lists, say))];
  const paths = lists.flatMap((list) => list.paths);

  const unedited = await rankAll(files, uneditedPictures(files), contenders, paths, [COPY_AND_PDQ, VERIFIED]);
  say(
    '\nAmong the unedited pictures. In brackets 95 % bootstrap over originals; seeds: the lowest and highest.',
  );
  say(figuresTable(unedited, () => true).join('\n'));
  say('\nThe same without copies of clothes, which the bundled model was trained on:');
  say(figuresTable(unedited, ({ original }) => !CLOTHES.test(original)).join('\n'));
  say('\nThe same of all copies but insets:');
  say(figuresTable(unedited, ({ edit }) => edit !== 'inset').join('\n'));
  say(
    '\nRecall by edit at the one threshold that gives precision 0.99 over all copies of all seeds. In brackets the lowest and highest of the seeds:',
  );
  say(editsTable(unedited).join('\n'));
  const withCopies = await rankAll(files, picturesAndCopies(files), contenders, paths, [COPY_AND_PDQ]);
  say(
    '\nAmong the unedited pictures and the other copies of the seed; two copies of one picture are neither right nor wrong:',
  );
  say(figuresTable(withCopies, () => true).join('\n'));
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

function shortName(collection: readonly string[], at: number): string {
  return (collection[at] as string).split('/').slice(-3).join('/');
}
