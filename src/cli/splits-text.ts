import type { SplitFile, SplitPair, SplitsCheck } from '../engine/check-splits.ts';
import { missedLine } from './calibration-text.ts';
import { choiceLine } from './choice-line.ts';
import { count } from './print.ts';
import { shorten } from './print-hits.ts';
import { countGaps, gapCounts, gapLines } from './split-gaps-text.ts';

const RELATION_WORDS: Readonly<Record<SplitPair['relation'], string>> = {
  identical: 'the same bytes',
  'same-image-data': 'the same image data',
  'same-pixels': 'the same pixels',
  copy: 'a copy',
  unsure: 'it cannot be told',
  burst: 'the same scene, taken at another time',
  similar: 'similar',
};

/** How two files are related: `a copy, 97 % certain`. */
export function relationWords({ relation, certainty }: SplitPair): string {
  const words = RELATION_WORDS[relation];
  const isDoubted = relation === 'copy' && certainty !== null;
  return isDoubted ? `${words}, ${Math.min(99, Math.floor(100 * certainty))} % certain` : words;
}

/** For people, a line each: what was found, then what it came to. */
export function splitsLines(check: SplitsCheck): string[] {
  const { splits, leaks, labelConflicts, possibleLeaks, drop } = check;
  return [
    ...leaks.map((pair) => `leak: ${splitWords(pair)}`),
    ...(labelConflicts ?? []).map((pair) => `label conflict: ${labelWords(pair)}`),
    ...possibleLeaks.map((pair) => `may be a leak: ${splitWords(pair)}`),
    ...splits.flatMap(gapLines),
    ...splits.map(({ name, folder, files, labels, leftOut }) => {
      return `${name}: ${shorten(folder)}, ${count(files, 'file')}, ${count(labels, 'label')}${gapCounts(leftOut)}`;
    }),
    `${count(leaks.length, 'leak')}, ${conflictWords(labelConflicts)}, ${count(possibleLeaks.length, 'possible leak')}.`,
    ...(drop.length > 0
      ? [
          `Without ${count(drop.length, 'file')} of the splits that are named first no leak is left${among(splits)}.`,
        ]
      : []),
    `Laid over each other: ${count(check.lookedAt, 'pair')}; of each picture the nearest, and on while copies came.`,
    ...(check.expected === null
      ? []
      : [choiceLine(check.expected), missedLine(check.expected.recall, check.expected)]),
    ...unseenLines(check),
  ];
}

/** Of what was left out nobody can say that it does not leak. */
function among(splits: SplitsCheck['splits']): string {
  const gaps = countGaps(splits);
  return gaps === 0 ? '' : `, as far as was compared: ${count(gaps, 'file')} left out may leak as well`;
}

function splitWords(pair: SplitPair): string {
  return pairWords(pair, ({ split }) => split);
}

function labelWords(pair: SplitPair): string {
  return pairWords(pair, ({ label }) => label ?? '');
}

function pairWords(pair: SplitPair, sideOf: (file: SplitFile) => string): string {
  const [one, other] = pair.files.map((file) => `${shorten(file.path)} (${sideOf(file)})`);
  return `${one} and ${other}: ${relationWords(pair)}`;
}

function conflictWords(conflicts: SplitsCheck['labelConflicts']): string {
  return conflicts === null
    ? 'no two labels (folders in the splits) that could conflict'
    : count(conflicts.length, 'label conflict');
}

function unseenLines({ absentFiles, unknown, unreachable, undescribedFiles }: SplitsCheck): string[] {
  return [
    ...(absentFiles > 0
      ? [
          `${count(absentFiles, 'file')} with copies left out: away, or changed since indexed; mount the drive or index again.`,
        ]
      : []),
    ...(unknown + unreachable > 0
      ? [
          `Of ${count(unknown, 'pair')} and the pixels of ${count(unreachable, 'picture')} nobody could look: no file is there with the bytes that were indexed, or it cannot be decoded; mount the drive or index again.`,
        ]
      : []),
    ...(undescribedFiles > 0
      ? [
          `${count(undescribedFiles, 'file')} not compared by their looks: the model has not described them; run "eidetic reindex".`,
        ]
      : []),
  ];
}
