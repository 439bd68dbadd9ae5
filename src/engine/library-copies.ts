import { type CopyWish, chooseCopies } from '../copies/choose-copies.ts';
import { COPY_RULE_VERSION, verdictByScore } from '../copies/judge-pair.ts';
import type { Relation, RelationKind } from '../domain/relation.ts';
import type { CopyAnswer, CopyJudge } from '../duplicates/copy-judge.ts';
import type { Library } from './library.ts';
import { pairLooks } from './pair-looks.ts';

/** A judge of a library's pictures. */
export interface LibraryCopyJudge extends CopyJudge {
  /** Keeps what it has found and not kept yet. */
  flush(): Promise<void>;
}

/**
 * Tells which pictures of a library are copies by laying them over each other: each pair once and for good, since the catalog
 * keeps the answer until the rule changes.
 * @param wish where the line is drawn between copies and what may be some
 */
export function libraryCopyJudge(library: Library, wish: CopyWish): LibraryCopyJudge {
  const { relations } = library.catalog;
  const looks = pairLooks(library);
  return {
    parallelism: library.verifier().parallelism,
    flush: () => looks.flush(),
    choose: (scores) => chooseCopies(scores, wish),
    async judge(a, b, signal) {
      const known = await relations.between(a.id, b.id);
      if (known !== null && known.ruleVersion === COPY_RULE_VERSION) {
        return answerOf(known);
      }
      const look = await looks.look(a, b, signal);
      return look === null ? { kind: 'unknown' } : answerOf(look.relation);
    },
  };
}

const ANSWERS: Partial<Record<RelationKind, CopyAnswer['kind']>> = {
  copy: 'copy',
  burst: 'burst',
  unsure: 'unsure',
  plain: 'plain',
};

function answerOf({ kind, evidence }: Relation): CopyAnswer {
  const answer = ANSWERS[kind] ?? 'unrelated';
  const score = Number(evidence['score']);
  // Else something else has decided: the times at which they were taken, or reading them as pages.
  const isByScore = answer === (verdictByScore(score) ?? 'unrelated');
  return { kind: answer, score: isByScore ? score : null };
}
