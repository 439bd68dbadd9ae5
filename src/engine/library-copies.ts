import { type CopyWish, chooseCopies } from '../copies/choose-copies.ts';
import { COPY_RULE_VERSION, type CopyVerdict, verdictByScore } from '../copies/judge-pair.ts';
import { EideticError } from '../domain/errors.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { Relation, RelationKind } from '../domain/relation.ts';
import type { CopyAnswer, CopyJudge } from '../duplicates/copy-judge.ts';
import { withTimes } from './burst-shots.ts';
import { keepIfPossible } from './keep-if-possible.ts';
import type { Library } from './library.ts';

/** Answers kept in one transaction. */
const KEPT_AT_ONCE = 64;

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
  const verifier = library.verifier();
  const keep = keepIfPossible(library, 'what was found of copies', put);
  let unkept: Relation[] = [];

  async function flush(): Promise<void> {
    const found = unkept;
    unkept = [];
    if (found.length > 0) {
      await keep(found);
    }
  }

  return {
    parallelism: verifier.parallelism,
    flush,
    choose: (scores) => chooseCopies(scores, wish),
    async judge(a, b, signal) {
      const known = await relations.between(a.id, b.id);
      if (known !== null && known.ruleVersion === COPY_RULE_VERSION) {
        return answerOf(known);
      }
      const relation = await relate(a, b, signal);
      if (relation === null) {
        return { kind: 'unknown' };
      }
      unkept.push(relation);
      if (unkept.length >= KEPT_AT_ONCE) {
        await flush();
      }
      return answerOf(relation);
    },
  };

  async function put(found: readonly Relation[]): Promise<void> {
    try {
      await relations.put(found);
    } catch (error) {
      // Another program may have taken a picture out meanwhile; the others are looked at again the next time.
      if (!(error instanceof EideticError && error.code === 'NOT_FOUND')) {
        throw error;
      }
    }
  }

  /** Null when one cannot be looked at: it is away, or cannot be decoded. */
  async function relate(a: CatalogPicture, b: CatalogPicture, signal: AbortSignal): Promise<Relation | null> {
    try {
      const [viewA, viewB] = await Promise.all([verifier.views.ofPicture(a), verifier.views.ofPicture(b)]);
      const { verdict, score, evidence, pages } = await verifier.verify(viewA, viewB, signal);
      return {
        ...{ a: a.id, b: b.id, kind: kindOf(verdict, a, b) },
        evidence: { rule: 'laid over', score, ...evidence, pages },
        ...{ ruleVersion: COPY_RULE_VERSION, space: null },
      };
    } catch {
      signal.throwIfAborted();
      return null;
    }
  }
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

function kindOf(verdict: CopyVerdict, a: CatalogPicture, b: CatalogPicture): RelationKind {
  const kind = withTimes(verdict, a, b);
  return kind === 'alike' ? 'similar' : kind;
}
