import { type CopyWish, chooseCopies } from '../copies/choose-copies.ts';
import { COPY_RULE_VERSION, type CopyVerdict, scoredPair } from '../copies/judge-pair.ts';
import type { PictureId } from '../domain/picture.ts';
import type { Relation, RelationKind } from '../domain/relation.ts';
import type { CopyAnswer, CopyJudge } from '../duplicates/copy-judge.ts';
import { keptLook } from './kept-look.ts';
import type { Library } from './library.ts';
import { pairLooks } from './pair-looks.ts';
import type { VerifiedPair } from './pair-verifier.ts';

type KnownAnswer = Exclude<CopyAnswer, { readonly kind: 'unknown' }>;

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
  async function known(a: PictureId, b: PictureId): Promise<KnownAnswer | null> {
    const relation = await relations.between(a, b);
    return relation?.ruleVersion === COPY_RULE_VERSION ? answerOf(relation, keptLook(relation)) : null;
  }
  return {
    parallelism: library.verifier().parallelism,
    flush: () => looks.flush(),
    choose: (pairs, decided) => chooseCopies(pairs, wish, decided),
    knownScore: async (a, b) => (await known(a, b))?.scored ?? null,
    async judge(a, b, signal) {
      const answer = await known(a.id, b.id);
      if (answer !== null) {
        return answer;
      }
      const look = await looks.look(a, b, signal);
      return look === null ? { kind: 'unknown' } : answerOf(look.relation, look.verified);
    },
  };
}

const ANSWERS: Partial<Record<RelationKind | CopyVerdict, KnownAnswer['kind']>> = {
  copy: 'copy',
  burst: 'burst',
  unsure: 'unsure',
  plain: 'plain',
};

/** @param look what is known of it; null where that was not kept whole */
function answerOf({ kind }: Relation, look: VerifiedPair | null): KnownAnswer {
  const answer = ANSWERS[kind] ?? 'unrelated';
  // Else the times at which they were taken have decided.
  const isAsLooked = look !== null && answer === (ANSWERS[look.verdict] ?? 'unrelated');
  return { kind: answer, scored: isAsLooked ? scoredPair(look) : null };
}
