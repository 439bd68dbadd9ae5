import type { Fact } from './picture-facts.ts';

/** Facts of several pictures: what holds of all, and what each has by itself. */
export interface DifferingFacts {
  readonly shared: readonly Fact[];
  /** In the order of the pictures. */
  readonly own: ReadonlyArray<readonly Fact[]>;
}

/** Parts what is the same of all pictures from what tells them apart: a fact that one lacks tells it apart. */
export function differingFacts(all: ReadonlyArray<readonly Fact[]>): DifferingFacts {
  const [first = [], ...others] = all;
  const isShared = ([name, value]: Fact) =>
    others.every((facts) => facts.some((fact) => fact[0] === name && fact[1] === value));
  const shared = first.filter(isShared);
  const names = new Set(shared.map(([name]) => name));
  return { shared, own: all.map((facts) => facts.filter(([name]) => !names.has(name))) };
}
