import type { CopyEvaluation, NearDuplicatePair } from '../engine/evaluate-copies.ts';
import type { LabelEvaluation } from '../engine/evaluate-labels.ts';
import type { LookedFolders } from '../engine/look-at-folders.ts';
import type { Contender } from '../evaluation/contender.ts';
import { type PooledFigures, PRECISION } from '../evaluation/copy-figures.ts';
import type { Estimate } from '../evaluation/estimate.ts';
import { alignTable } from './align-table.ts';
import { count } from './print.ts';
import { shorten } from './print-hits.ts';

/** An evaluation by labels, for people. */
export function labelsToText({ looked, labels, alone, contenders }: LabelEvaluation): string[] {
  return [
    `${count(looked.pictures.length, 'different picture')} of ${folderNames(looked)}, ${count(labels, 'label')}; each is left out and looked for among all others.`,
    ...(alone > 0 ? [`${count(alone, 'picture')} alone with a label of their own look for nothing.`] : []),
    'In brackets 95 % intervals: Wilson for top-1, bootstrap over pictures for P@5 and mAP.',
    '',
    ...alignTable([
      [...CONTENDER_HEAD, 'top-1', 'P@5', 'mAP'],
      ...contenders.map(({ contender, figures }) => [
        ...contenderCells(contender),
        ...[figures.top1, figures.precisionAt5, figures.meanAveragePrecision].map(estimateText),
      ]),
    ]),
    ...lookedLines(looked),
  ];
}

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

const CONTENDER_HEAD = ['model', 'px', 'space'];
const POOLED_HEAD = ['µAP', `recall at precision ${PRECISION}`, 'from similarity'];

function contenderCells({ model, inputSize, space }: Contender): string[] {
  return [model, String(inputSize), space];
}

function pooledCells({ microAveragePrecision, recallAtPrecision, threshold }: PooledFigures): string[] {
  return [
    estimateText(microAveragePrecision),
    estimateText(recallAtPrecision),
    threshold === null ? 'never' : threshold.toFixed(3),
  ];
}

/** `0.583 (0.543 to 0.622)`. */
function estimateText({ value, low, high }: Estimate): string {
  const interval = low === null || high === null ? '' : ` (${low.toFixed(3)} to ${high.toFixed(3)})`;
  return `${value.toFixed(3)}${interval}`;
}

function folderNames({ folders }: LookedFolders): string {
  return folders.map(shorten).join(', ');
}

/** What did not take part: nothing is left out without a word. */
function lookedLines({ identical, failures, unsupported, otherFiles, passedOver }: LookedFolders): string[] {
  const passed = Object.entries(passedOver).map(
    ([reason, number]) => `${number.toLocaleString('en')} ${reason}`,
  );
  const lines = [
    ...(identical.length > 0
      ? [`${count(identical.length, 'file')} with the same bytes as another count as one with it.`]
      : []),
    ...(unsupported.length > 0
      ? [`${count(unsupported.length, 'picture')} in formats that Eidetic does not read took no part.`]
      : []),
    ...(otherFiles > 0
      ? [
          `${count(otherFiles, 'file')} that ${otherFiles === 1 ? 'is no picture' : 'are no pictures'} took no part.`,
        ]
      : []),
    ...(passed.length > 0 ? [`Passed over: ${passed.join(', ')}.`] : []),
    ...(failures.length > 0 ? [`${count(failures.length, 'failure')}; none of these took part:`] : []),
    ...failures.map(({ path, code, message }) => `  ${shorten(path)}: ${code}: ${message}`),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}
