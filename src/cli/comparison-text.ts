import type { PairEvidence } from '../copies/compare-views.ts';
import { COPY_SCORE, UNSURE_SCORE } from '../copies/judge-pair.ts';
import { VIEW_SIDE } from '../copies/picture-view.ts';
import type { ComparedFile, FileComparison } from '../engine/compare-files.ts';
import type { Verification } from '../engine/compare-pictures.ts';
import { alignTable } from './align-table.ts';
import { shorten } from './print-hits.ts';

/** A comparison as people read it: the relation, sentences, the two files, and the numbers that decided. */
export function comparisonToText({ relation, words, files, ...told }: FileComparison): string[] {
  const { pixels, unknownBecause, verification } = told;
  return [
    String(relation),
    ...words,
    ...(pixels === 'unknown'
      ? [`Whether all pixels are equal is not known, for ${REASONS[unknownBecause ?? 'unfinished']}.`]
      : []),
    '',
    ...alignTable([
      ['A', sizeOf(files.a), shorten(files.a.path)],
      ['B', sizeOf(files.b), shorten(files.b.path)],
    ]),
    ...(verification === null ? [] : ['', ...alignTable(numbersOf(verification))]),
  ];
}

const REASONS = {
  unreachable: 'a file is not there any more',
  unfinished: 'memory or time ran out',
  incomparable: 'there are no pixels to compare in a drawing, or more than is decoded',
};

function sizeOf({ facts }: ComparedFile): string {
  return `${facts.width} x ${facts.height}`;
}

function numbersOf({ score, evidence }: Verification): string[][] {
  const {
    keypoints,
    matches,
    inliers,
    tellingTiles,
    agreeingTiles,
    hiddenTiles,
    contraryTiles,
    shift,
    overlap,
    map,
  } = evidence;
  const fit = [
    ['score', score.toFixed(2), `a copy from ${COPY_SCORE}, not sure from ${UNSURE_SCORE}`],
    [
      'points',
      `${inliers} of ${matches}`,
      `that look alike agree on one place; found ${keypoints.a} in A, ${keypoints.b} in B`,
    ],
  ];
  return map === null
    ? fit
    : [
        ...fit,
        ['tiles', `${agreeingTiles} of ${tellingTiles}`, 'with detail in both show the same'],
        ['hidden', String(hiddenTiles), 'tiles where one shows something and the other is flat'],
        [
          'contrary',
          String(contraryTiles),
          'tiles where both show something, and not the same: a copy has 1 at most',
        ],
        [
          'correlation',
          correlationsOf(evidence),
          'of detail of 1, 2 and 4 pixels of those that are compared',
        ],
        [
          'shift',
          shift === null ? 'unknown' : shift.toFixed(2),
          `pixels of ${VIEW_SIDE} that a tile is off its place; under 1 in a copy, as a rule`,
        ],
        ['overlap', `${percent(overlap.a)}, ${percent(overlap.b)}`, 'of A, of B'],
      ];
}

function correlationsOf({ bands }: PairEvidence): string {
  return bands.map(({ tiles, correlation }) => (tiles === 0 ? '-' : correlation.toFixed(2))).join(', ');
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
