import type { Candidate } from './candidate.ts';
import { nameBeside } from './in-words.ts';
import type { KeepRule } from './keep-rule.ts';

/** Which of some files is kept, and why the others are not. */
export interface KeepChoice<File extends Candidate> {
  readonly kept: File;
  /** In the order of their paths; a sentence each. */
  readonly others: ReadonlyArray<{
    readonly file: File;
    readonly reason: string;
    /** Whether no rule that was asked for told it from the one that is kept. */
    readonly isTie: boolean;
  }>;
}

/**
 * Goes through the rules: of the files that are left, those go at each that another one is kept rather than. A rule by which
 * every one would go has no say.
 * @param candidates one or more with different paths; their order does not matter
 * @param rules the last tells every two files apart
 */
export function chooseKept<File extends Candidate>(
  candidates: readonly File[],
  rules: readonly KeepRule[],
): KeepChoice<File> {
  const sorted = candidates.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const behind = new Map<File, Decision<File>>();
  let left = sorted;
  for (const rule of rules) {
    const beaten = rule.beaten(left);
    if (beaten.length === 0 || beaten.length === left.length) {
      continue;
    }
    for (const file of beaten) {
      behind.set(file, { rule, left });
    }
    const gone = new Set(beaten);
    left = left.filter((file) => !gone.has(file));
  }
  const [kept] = left as [File];
  return {
    kept,
    others: sorted
      .filter((file) => file !== kept)
      .map((file) => {
        const decision = behind.get(file) as Decision<File>;
        return { file, reason: reasonFor(kept, file, decision), isTie: decision.rule.isTieBreak === true };
      }),
  };
}

/** What decided that a file goes, and the files that were left then. */
interface Decision<File> {
  readonly rule: KeepRule;
  readonly left: readonly File[];
}

function reasonFor<File extends Candidate>(kept: File, file: File, { rule, left }: Decision<File>): string {
  const name = nameBeside(kept.path, file.path);
  if (rule.compare(kept, file) < 0) {
    return `Keeps ${name}: ${rule.explain(kept, file)}.`;
  }
  const ahead = left.find((other) => rule.compare(other, file) < 0) ?? kept;
  return `Keeps ${name}; this file comes behind ${nameBeside(ahead.path, file.path)} as well: ${rule.explain(ahead, file)}.`;
}
