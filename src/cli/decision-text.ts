import type { DecisionConflict, MergedDecisions } from '../curation/merge-decisions.ts';
import type { DecisionKind, NewDecision } from '../domain/decision.ts';
import type { DescribedDecision } from '../engine/describe-decisions.ts';
import { count } from './print.ts';
import { shorten } from './print-hits.ts';

const KIND_WORDS: Readonly<Record<DecisionKind, string>> = {
  copy: 'copies of one picture',
  'not-copy': 'no copies of each other',
  'keep-both': 'to be kept, each of them',
  undecided: 'undecided again',
};

/** In a sentence, what the library knows since. */
export function decidedLines({ kind, pictures, decidedBy }: DescribedDecision): string[] {
  const names = pictures.map(nameOf).join(', ');
  const [only, ...others] = pictures;
  return only !== undefined && others.length === 0
    ? [
        kind === 'keep-both'
          ? `Every file with the bytes of ${nameOf(only)} is to be kept, said ${decidedBy}.`
          : `Of the files with the bytes of ${nameOf(only)} alone nothing is decided any more.`,
      ]
    : [
        kind === 'undecided'
          ? `Of exactly these ${count(pictures.length, 'picture')} nothing is decided any more: ${names}.`
          : `These ${count(pictures.length, 'picture')} are ${KIND_WORDS[kind]}, said ${decidedBy}: ${names}.`,
      ];
}

/** One of a list. */
export function decisionLines(decision: DescribedDecision): string[] {
  const { id, kind, decidedBy, decidedAt, note, stands, pictures } = decision;
  const state = stands || kind === 'undecided' ? '' : ', decided anew since';
  return [
    `${id}  ${decidedAt}  ${decidedBy}: ${KIND_WORDS[kind]}${note === null ? '' : ` (${note})`}${state}`,
    ...pictures.flatMap((picture) =>
      picture.paths.length === 0
        ? [`      ${nameOf(picture)}`]
        : picture.paths.map((path) => `      ${shorten(path)}`),
    ),
  ];
}

export function mergedLines({ added, known, conflicts }: MergedDecisions): string[] {
  return [
    ...conflicts.flatMap(conflictLines),
    `${count(added.length, 'decision')} added, ${known} known already, ${count(conflicts.length, 'conflict')}.`,
  ];
}

function conflictLines({ about, won, lost }: DecisionConflict): string[] {
  const what = about === 'set' ? 'of one set of pictures' : 'of two pictures that both sets have';
  return [
    `Conflict ${what}: the later one holds.`,
    `  holds  ${saidWords(won)}`,
    `  lost   ${saidWords(lost)}`,
  ];
}

function saidWords({ kind, decidedBy, decidedAt, pictures }: NewDecision): string {
  const hashes = pictures.map(({ contentHash }) => contentHash.slice(0, 12)).join(' ');
  return `${decidedAt}  ${decidedBy}: ${KIND_WORDS[kind]} (${hashes})`;
}

function nameOf({ contentHash, paths }: DescribedDecision['pictures'][number]): string {
  const [path] = paths;
  return path === undefined ? `${contentHash.slice(0, 12)}… (not in the library)` : shorten(path);
}
