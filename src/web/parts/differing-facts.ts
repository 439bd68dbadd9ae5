import type { Fact } from './picture-facts.ts';

/** Facts of several pictures: what holds of all, and what each has by itself. */
export interface DifferingFacts {
  readonly shared: readonly Fact[];
  /** In the order of the pictures. */
  readonly own: ReadonlyArray<readonly Fact[]>;
}

/** What stands for a fact that only others have. */
const UNKNOWN = '–';

/** Parts what is the same of all pictures from what tells them apart: each then has the same names, in one order. */
export function differingFacts(all: ReadonlyArray<readonly Fact[]>): DifferingFacts {
  const [first = [], ...others] = all;
  const isShared = ([name, value]: Fact) =>
    others.every((facts) => facts.some((fact) => fact[0] === name && fact[1] === value));
  const shared = first.filter(isShared);
  const isOwn = (name: string) => !shared.some(([other]) => other === name);
  const names = [...new Set(all.flat().map(([name]) => name))].filter(isOwn);
  const valueIn = (facts: readonly Fact[], name: string) =>
    facts.find(([other]) => other === name)?.[1] ?? UNKNOWN;
  return { shared, own: all.map((facts) => names.map((name) => [name, valueIn(facts, name)] as const)) };
}
