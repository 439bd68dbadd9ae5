import type { CheckedFile, CheckedMatch, CheckedPicture, CheckedScope } from '../engine/check-files.ts';
import { missedLine } from './calibration-text.ts';
import { choiceLine } from './choice-line.ts';
import { type CheckCounts, copiesAmong } from './count-checked.ts';
import { passedOverWords } from './passed-over.ts';
import { count } from './print.ts';
import { shorten } from './print-hits.ts';

const RELATION_WORDS: Readonly<Record<CheckedMatch['relation'], string>> = {
  identical: 'same bytes',
  'same-image-data': 'same image data',
  'same-pixels': 'same pixels',
  copy: 'copy',
  unsure: 'it cannot be told for certain',
  burst: 'taken at another time',
};

/** Said of a file that is not there as it was indexed. */
const SIGHT = { there: '', away: '; away', changed: '; changed since it was indexed' } as const;

/** A file and what it is, on one line. */
export function checkedLine(file: CheckedFile): string {
  return `${shorten(file.path)}: ${checkedWords(file)}`;
}

/** What a file is: `copy of archive/a.jpg  (same bytes)`. */
export function checkedWords(file: CheckedFile): string {
  switch (file.kind) {
    case 'failed':
      return `failed: ${file.code}: ${file.message}`;
    case 'other':
      return 'no picture';
    case 'copy':
      return `copy of ${matchWords(copiesAmong(file))}`;
    case 'unsure':
      return `may be a copy of ${matchWords(file.matches.filter(({ relation }) => relation === 'unsure'))}`;
    case 'own':
      return `in the library${file.unknown === 0 ? '' : `; ${count(file.unknown, 'pair')} could not be looked at`}${shotWords(file)}`;
    case 'new':
      return `new${file.unknown === 0 ? '' : `, as far as could be looked at: ${count(file.unknown, 'pair')} could not`}${shotWords(file)}`;
  }
}

/** The best of them by name, and how many more there are. */
function matchWords([best, ...others]: readonly CheckedMatch[]): string {
  if (best === undefined) {
    return '';
  }
  const { path, relation, score, look } = best;
  const told = score === null || relation === 'same-pixels' ? '' : `, score ${score.toFixed(1)}`;
  const more = others.length === 0 ? '' : `, and of ${others.length} more`;
  return `${shorten(path)}  (${RELATION_WORDS[relation]}${told}${SIGHT[look]})${more}`;
}

/** Of what is no copy only other shots of its scene are told. */
function shotWords({ matches: [shot] }: CheckedPicture): string {
  return shot === undefined ? '' : `  (the scene of ${shorten(shot.path)}, ${RELATION_WORDS[shot.relation]})`;
}

/** What it all came to: nothing is left out without a word. */
export function checkSummaryLines(counts: CheckCounts, scope: CheckedScope): string[] {
  const number = (n: number) => n.toLocaleString('en');
  const passed = passedOverWords(scope.passedOver);
  return [
    `${count(counts.files, 'file')}: ${counts.copies === 1 ? '1 copy' : `${number(counts.copies)} copies`}, ${number(counts.unsure)} may be, ${number(counts.new)} new, ${number(counts.own)} of the library itself, ${number(counts.failed)} failed, ${count(counts.other, 'other file')}.`,
    `Laid over each other: ${count(counts.lookedAt, 'pair')}. What looks less alike was not looked at; files with the same bytes or image data need not be.`,
    ...(scope.expected === null
      ? []
      : [choiceLine(scope.expected), missedLine(scope.expected.recall, scope.expected)]),
    ...(counts.unknown > 0
      ? [
          `Of ${count(counts.unknown, 'pair')} nobody could look: no file of one picture is there with the bytes that were indexed, or it cannot be decoded; mount the drive or index again.`,
        ]
      : []),
    ...(counts.absentCopies > 0
      ? [
          `${number(counts.absentCopies)} of the copies are of files alone that are not there as they were indexed (away, or changed since). Delete nothing for them.`,
        ]
      : []),
    ...(scope.undescribedFiles > 0
      ? [
          `${count(scope.undescribedFiles, 'file')} of the library not compared by their looks: the model has not described them; run "eidetic reindex".`,
        ]
      : []),
    ...(passed === '' ? [] : [`Passed over: ${passed}.`]),
  ];
}
