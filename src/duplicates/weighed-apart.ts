import type { WeighedPair } from './pairs-there.ts';
import type { WeighedReport } from './weigh-report.ts';

/** Pairs whose pictures are in no group together. */
export function weighedApart({ groups, pairs }: Pick<WeighedReport, 'groups' | 'pairs'>): WeighedPair[] {
  const groupOf = new Map(groups.flatMap((group, i) => group.pictures.map(({ id }) => [id, i] as const)));
  return pairs.filter(({ a, b }) => groupOf.get(a) === undefined || groupOf.get(a) !== groupOf.get(b));
}
