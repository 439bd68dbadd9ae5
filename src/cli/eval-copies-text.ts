import type { CopyEvaluation, NearDuplicatePair } from '../engine/evaluate-copies.ts';
import { type PooledFigures, PRECISION } from '../evaluation/copy-figures.ts';
import type { Estimate } from '../evaluation/estimate.ts';
import { alignTable } from './align-table.ts';
import { CONTENDER_HEAD, contenderCells, estimateText } from './contender-cells.ts';
import { folderNames, lookedLines } from './looked-lines.ts';
import { count } from './print.ts';
import { shorten } from './print-hits.ts';

/** An evaluation by copies, for people. */
export function copiesToText({ looked, originals, contenders }: CopyEvaluation, seed: number): string[] {
  const edits = Object.keys(contenders[0]?.figures.recallAt1ByEdit ?? {});
  const copies = contenders[0]?.figures.queries ?? 0;
  return [
    `${count(copies, 'copy').replace(/copys$/, 'copies')} (${count(edits.length, 'edit')} of ${count(originals, 'picture')}, seed ${seed}), looked for among ${count(looked.pictures.length, 'different picture')} of ${folderNames(looked)}.`,
    'In brackets 95 % intervals: Wilson by edit, else bootstrap over the pictures that were edited.',
    '',
    ...alignTable([
      [...CONTENDER_HEAD, 'recall@1', ...POOLED_HEAD],
      ...contenders.map(({ contender, figures }) => [
        ...contenderCells(contender),
        estimateText(figures.recallAt1),
        ...pooledCells(figures),
      ]),
    ]),
    '',
    'The same when near-duplicates of the original, told by correlation of gray pictures, are neither right nor wrong;',
    'and how many copies found one of them first, which counts as a mistake above:',
    ...alignTable([
      [...CONTENDER_HEAD, 'near-duplicate first', ...POOLED_HEAD],
      ...contenders.map(({ contender, figures }) => [
        ...contenderCells(contender),
        figures.nearDuplicateFirst.toLocaleString('en'),
        ...pooledCells(figures.nearDuplicatesAside),
      ]),
    ]),
    ...pairLines(contenders),
    '',
    'recall@1 by edit:',
    ...alignTable([
      ['edit', ...contenders.map(({ contender }) => `${contender.model} ${contender.space}`)],
      ...edits.map((edit) => [
        edit,
        ...contenders.map(({ figures }) => estimateText(figures.recallAt1ByEdit[edit] as Estimate)),
      ]),
    ]),
    ...lookedLines(looked),
  ];
}

/** Pairs named one by one; --json lists all. */
const PAIRS_NAMED = 12;

/** Which near-duplicates came first, and by how many copies for whom; the most often found pairs first. */
function pairLines(contenders: CopyEvaluation['contenders']): string[] {
  const pairs = new Map<string, { pair: NearDuplicatePair; copies: number; finders: string[] }>();
  for (const { contender, nearDuplicates } of contenders) {
    for (const pair of nearDuplicates) {
      const key = JSON.stringify([pair.original, pair.first]);
      const { copies, finders } = pairs.get(key) ?? { copies: 0, finders: [] };
      const finder = `${contender.model} ${contender.space} ${pair.copies}`;
      pairs.set(key, { pair, copies: copies + pair.copies, finders: [...finders, finder] });
    }
  }
  const sorted = [...pairs.values()].sort((a, b) => b.copies - a.copies);
  const more = sorted.length - PAIRS_NAMED;
  return [
    ...sorted
      .slice(0, PAIRS_NAMED)
      .map(
        ({ pair: { original, first, correlation }, finders }) =>
          `  ${shorten(first)} for ${shorten(original)} (${correlation.toFixed(2)}): ${finders.join(', ')}`,
      ),
    ...(more > 0 ? [`  and ${count(more, 'more pair')}, which --json lists`] : []),
  ];
}

const POOLED_HEAD = ['µAP', `recall at precision ${PRECISION}`, 'from similarity'];

function pooledCells({ microAveragePrecision, recallAtPrecision, threshold }: PooledFigures): string[] {
  return [
    estimateText(microAveragePrecision),
    estimateText(recallAtPrecision),
    threshold === null ? 'never' : threshold.toFixed(3),
  ];
}
