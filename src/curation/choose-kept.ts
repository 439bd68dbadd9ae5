import type { Candidate } from './candidate.ts';
import { nameBeside } from './in-words.ts';
import type { KeepRule } from './keep-rule.ts';

/** Which of some files is kept, and why the others are not. */
export interface KeepChoice<File extends Candidate> {
  readonly kept: File;
  /** In the order of their paths; a sentence each. */
  readonly others: ReadonlyArray<{ readonly file: File; readonly reason: string }>;
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
    const beaten = left.filter((file) => left.some((other) => rule.compare(other, file) < 0));
    if (beaten.length === 0 || beaten.length === left.length) {
      continue;
    }
    const gone = new Set(beaten);
    const stay = left.filter((file) => !gone.has(file));
    for (const file of beaten) {
      const ahead = [...stay, ...left].find((other) => rule.compare(other, file) < 0) as File;
      behind.set(file, { rule, ahead });
    }
    left = stay;
  }
  const [kept] = left as [File];
  return {
    kept,
    others: sorted
      .filter((file) => file !== kept)
      .map((file) => ({ file, reason: reasonFor(kept, file, behind.get(file) as Decision<File>) })),
  };
}

/** What decided that a file goes, and a file that it comes behind by that. */
interface Decision<File> {
  readonly rule: KeepRule;
  readonly ahead: File;
}

function reasonFor<File extends Candidate>(kept: File, file: File, { rule, ahead }: Decision<File>): string {
  const name = nameBeside(kept.path, file.path);
  if (rule.compare(kept, file) < 0) {
    return `Keeps ${name}: ${rule.explain(kept, file)}.`;
  }
  return `Keeps ${name}; this file comes behind ${nameBeside(ahead.path, file.path)} as well: ${rule.explain(ahead, file)}.`;
}
