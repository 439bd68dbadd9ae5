import { COPY_RULE_VERSION, type CopyVerdict } from '../copies/judge-pair.ts';
import { EideticError } from '../domain/errors.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { Relation, RelationKind } from '../domain/relation.ts';
import { withTimes } from './burst-shots.ts';
import { keepIfPossible } from './keep-if-possible.ts';
import { LAID_OVER } from './kept-look.ts';
import type { Library } from './library.ts';
import type { VerifiedPair } from './pair-verifier.ts';

/** Answers kept in one transaction. */
const KEPT_AT_ONCE = 64;

/** What looking at two pictures of a library told, and the relation that is kept of it. */
export interface PairLook {
  readonly verified: VerifiedPair;
  readonly relation: Relation;
}

/** Looks at pairs of a library's pictures, and keeps what it finds until the rule changes. */
export interface PairLooks {
  /**
   * @param a the one with the smaller id
   * @returns null when one cannot be looked at: it is away, or cannot be decoded
   * @throws the signal's reason
   */
  look(a: CatalogPicture, b: CatalogPicture, signal: AbortSignal): Promise<PairLook | null>;
  /** Keeps what was found and not kept yet. */
  flush(): Promise<void>;
}

export function pairLooks(library: Library): PairLooks {
  const { relations } = library.catalog;
  const keep = keepIfPossible(library, 'what was found of copies', put);
  let unkept: Relation[] = [];

  async function flush(): Promise<void> {
    const found = unkept;
    unkept = [];
    if (found.length > 0) {
      await keep(found);
    }
  }

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

  return {
    flush,
    async look(a, b, signal) {
      const verified = await verify(library, a, b, signal);
      if (verified === null) {
        return null;
      }
      const relation = relationOf(a, b, verified);
      unkept.push(relation);
      if (unkept.length >= KEPT_AT_ONCE) {
        await flush();
      }
      return { verified, relation };
    },
  };
}

async function verify(
  library: Library,
  a: CatalogPicture,
  b: CatalogPicture,
  signal: AbortSignal,
): Promise<VerifiedPair | null> {
  const verifier = library.verifier();
  try {
    const [viewA, viewB] = await Promise.all([verifier.views.ofPicture(a), verifier.views.ofPicture(b)]);
    return await verifier.verify(viewA, viewB, signal);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

function relationOf(a: CatalogPicture, b: CatalogPicture, verified: VerifiedPair): Relation {
  const { verdict, score, evidence, pages } = verified;
  return {
    ...{ a: a.id, b: b.id, kind: kindOf(verdict, a, b) },
    evidence: { rule: LAID_OVER, score, ...evidence, pages },
    ...{ ruleVersion: COPY_RULE_VERSION, space: null },
  };
}

function kindOf(verdict: CopyVerdict, a: CatalogPicture, b: CatalogPicture): RelationKind {
  const kind = withTimes(verdict, a, b);
  return kind === 'alike' ? 'similar' : kind;
}
