import type { PairEvidence } from '../copies/compare-views.ts';
import { COPY_RULE_VERSION, type CopyVerdict, isHeldBack, verdictByScore } from '../copies/judge-pair.ts';
import type { Relation, RelationKind } from '../domain/relation.ts';
import type { VerifiedPair } from './pair-verifier.ts';

/** What the evidence of a relation says it was found by. */
export const LAID_OVER = 'laid over';

type KeptEvidence = PairEvidence & Pick<VerifiedPair, 'score' | 'pages'>;

const VERDICTS: Partial<Record<RelationKind, CopyVerdict>> = {
  ...{ copy: 'copy', unsure: 'unsure', plain: 'plain' },
  ...{ similar: 'alike', different: 'different' },
};

/**
 * What looking at two pictures told, from the relation that was kept of it.
 * @returns as it would be told again, the first picture being the relation's `a`; null where it was told by another rule, or
 * was not kept whole, so that somebody must look again
 */
export function keptLook({ kind, evidence, ruleVersion }: Relation): VerifiedPair | null {
  if (ruleVersion !== COPY_RULE_VERSION || !isWhole(evidence)) {
    return null;
  }
  const { rule: _, score, pages, ...told } = evidence;
  // Only what may be a copy is called another shot by its time.
  const verdict = kind === 'burst' ? mayBeCopyOf(told, score) : (VERDICTS[kind] ?? null);
  return verdict && { verdict, score, pages, evidence: told };
}

function mayBeCopyOf(evidence: PairEvidence, score: number): CopyVerdict | null {
  return isHeldBack(evidence) ? 'unsure' : verdictByScore(score);
}

const NUMBERS = [
  'score',
  'matches',
  'inliers',
  'tellingTiles',
  'agreeingTiles',
  'hiddenTiles',
  'contraryTiles',
];
const OF_EACH = ['keypoints', 'overlap', 'chroma'];

/** Also against what another program wrote, and numbers that JSON has no words for. */
function isWhole(
  evidence: Readonly<Record<string, unknown>>,
): evidence is Relation['evidence'] & KeptEvidence {
  const { rule, map, bands, shift, pages } = evidence;
  return (
    rule === LAID_OVER &&
    haveNumbers(evidence, NUMBERS) &&
    OF_EACH.every((name) => haveNumbers(evidence[name], ['a', 'b'])) &&
    (map === null || haveNumbers(map, ['xx', 'xy', 'x0', 'yx', 'yy', 'y0'])) &&
    Array.isArray(bands) &&
    bands.every((band) => haveNumbers(band, ['tiles', 'correlation', 'ratio'])) &&
    (shift === null || Number.isFinite(shift)) &&
    (pages === null || haveNumbers(pages, ['tellingTiles', 'agreeingTiles']))
  );
}

function haveNumbers(value: unknown, names: readonly string[]): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    names.every((name) => Number.isFinite((value as Record<string, unknown>)[name]))
  );
}
