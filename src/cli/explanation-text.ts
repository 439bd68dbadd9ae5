import type { PairEvidence } from '../copies/compare-views.ts';
import {
  COPY_SCORE,
  type EvidencePoints,
  SCORE_WITHOUT_EVIDENCE,
  UNSURE_SCORE,
  weighEvidence,
} from '../copies/judge-pair.ts';
import { LEAST_OF_COPIES } from '../duplicates/find-copy-pairs.ts';
import { FIRST_LOOKED_AT } from '../duplicates/look-from-nearest.ts';
import type { PictureComparison } from '../engine/compare-pictures.ts';
import { MOST_COUNTED, type PairExplanation } from '../engine/explain-files.ts';
import { alignTable } from './align-table.ts';
import { shorten } from './print-hits.ts';

/** An explanation as people read it: the relation, then stage by stage what was found and the bound that decides. */
export function explanationToText(explanation: PairExplanation): string[] {
  const { comparison } = explanation;
  const { files, relation, words } = comparison;
  return [
    String(relation),
    ...words,
    '',
    ...alignTable([
      ['A', shorten(files.a.path)],
      ['B', shorten(files.b.path)],
    ]),
    '',
    ...alignTable([
      ['stage', 'found', 'bound'],
      ...equalRows(comparison, files.a.contentHash === files.b.contentHash),
      ...nearRows(explanation),
      ...laidOverRows(comparison),
    ]),
    ...lookLines(explanation),
  ];
}

function equalRows({ relation, pixels }: PictureComparison, areSameBytes: boolean): string[][] {
  const areSameData = areSameBytes || relation === 'same-image-data';
  return [
    ['bytes', areSameBytes ? 'the same' : 'different', 'the same is certain'],
    ['image data', areSameData ? 'the same' : 'different, or not known', 'the same is certain'],
    ['pixels', pixels, 'equal is certain'],
  ];
}

function nearRows({ similarities, space, nearer }: PairExplanation): string[][] {
  const bound = (id: string) => (id === space ? `looked at from ${LEAST_OF_COPIES} on` : 'decides nothing');
  return [
    ...[...similarities].map(([id, similarity]) => [
      `similarity in "${id}"`,
      similarity.toFixed(3),
      bound(id),
    ]),
    [
      'place of B seen from A',
      placeOf(nearer.toA),
      `the ${FIRST_LOOKED_AT} nearest are looked at, and on while copies come`,
    ],
    ['place of A seen from B', placeOf(nearer.toB), 'one of the two is enough'],
  ];
}

function placeOf(nearer: number): string {
  return nearer >= MOST_COUNTED ? `behind ${MOST_COUNTED} or more` : `${nearer + 1}.`;
}

function laidOverRows({ verification }: PictureComparison): string[][] {
  if (verification === null) {
    return [];
  }
  const points = weighEvidence(verification.evidence);
  return [
    [
      'laid over: score',
      verification.score.toFixed(2),
      `a copy from ${COPY_SCORE}, not sure from ${UNSURE_SCORE}`,
    ],
    [
      '  something else stands in',
      `${verification.evidence.contraryTiles} tiles`,
      'not sure from 2, whatever the score',
    ],
    ['  before anything is seen', signed(SCORE_WITHOUT_EVIDENCE), ''],
    ...(Object.keys(points) as Array<keyof EvidencePoints>).map((name) => [
      `  ${PART_WORDS[name]}`,
      signed(points[name]),
      foundOf(verification.evidence)[name],
    ]),
  ];
}

const PART_WORDS: Readonly<Record<keyof EvidencePoints, string>> = {
  detail: 'detail of 2 pixels agrees',
  coarse: 'detail of 4 pixels agrees',
  agreeing: 'share of tiles that agree',
  inliers: 'share of points that agree',
  shift: 'tiles are off their places',
  manyAgreeing: 'number of tiles that agree',
  manyInliers: 'number of points that agree',
};

function foundOf({
  bands,
  matches,
  inliers,
  tellingTiles,
  agreeingTiles,
  shift,
}: PairEvidence): Record<keyof EvidencePoints, string> {
  const correlation = (band: number) => {
    const found = bands[band];
    return found === undefined || found.tiles === 0
      ? 'none to compare'
      : `correlation ${found.correlation.toFixed(2)}`;
  };
  return {
    ...{ detail: correlation(1), coarse: correlation(2) },
    ...{ agreeing: `${agreeingTiles} of ${tellingTiles}`, inliers: `${inliers} of ${matches}` },
    shift: shift === null ? 'not known' : `${shift.toFixed(2)} pixels`,
    ...{ manyAgreeing: String(agreeingTiles), manyInliers: String(inliers) },
  };
}

function signed(points: number): string {
  return `${points < 0 ? '-' : '+'}${Math.abs(points).toFixed(2)}`;
}

/** Whether a report of copies would come to look at the two, and what it has found. */
function lookLines({ similarities, space, nearer, kept, comparison }: PairExplanation): string[] {
  const isNear = (similarities.get(space) ?? -1) >= LEAST_OF_COPIES;
  const isAmongFirst = Math.min(nearer.toA, nearer.toB) < FIRST_LOOKED_AT;
  const isEqual = comparison.verification === null && comparison.relation !== null;
  return [
    '',
    isEqual
      ? 'Equal pictures are found without laying them over each other.'
      : !isNear
        ? 'A report of copies does not look at these two: they are not similar enough.'
        : isAmongFirst
          ? 'A report of copies that has both looks at them.'
          : 'A report of copies that has both looks at them only where what is nearer are copies too.',
    kept === null
      ? 'The library has not looked at these two, or has not both.'
      : `The library has found them ${kept.kind}${kept.isOfNow ? '' : `, by an older rule (${kept.ruleVersion}); the next report looks again`}.`,
  ];
}
