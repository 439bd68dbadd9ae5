import type { PictureId } from '../domain/picture.ts';
import type { WeighedPair } from '../duplicates/pairs-there.ts';
import type { SaidDecision } from '../duplicates/report-decisions.ts';
import type { WeighedGroup, WeighedReport } from '../duplicates/weigh-report.ts';
import { count } from './print.ts';
import { shorten } from './print-hits.ts';

/** Says what was decided of a group: what in it is to be kept and what is not among that, and who said that it has copies. */
export function groupDecisionLines({ groups, pairs }: WeighedReport): (group: WeighedGroup) => string[] {
  const groupOf = new Map(groups.flatMap((group) => group.pictures.map(({ id }) => [id, group] as const)));
  const copiesIn = new Map<WeighedGroup, WeighedPair[]>();
  for (const pair of pairs) {
    const group = groupOf.get(pair.a);
    if (pair.decision?.kind === 'copy' && group !== undefined && group === groupOf.get(pair.b)) {
      const found = copiesIn.get(group) ?? [];
      copiesIn.set(group, found);
      found.push(pair);
    }
  }
  return (group) => [...keptLines(group), ...copyLines(copiesIn.get(group) ?? [])];
}

function keptLines({ decision, pictures }: WeighedGroup): string[] {
  if (decision === null) {
    return [];
  }
  const { isDismissed, joined, said } = decision;
  const words = `what ${said.decidedBy} decided to keep on ${dayOf(said)}${noteOf(said)}`;
  if (isDismissed) {
    return [`  decided: all of it is ${words}`];
  }
  const pathOf = new Map<PictureId, string>(pictures.map(({ id, files }) => [id, files[0]?.path ?? '']));
  const paths = joined.map((id) => shorten(pathOf.get(id) ?? ''));
  return [
    paths.length === 0
      ? `  in part ${words}; nobody decided of all of them together`
      : `  joined ${words}: ${paths.join(', ')}`,
  ];
}

/** A line for each decision, with all pictures that it made copies. */
function copyLines(pairs: readonly WeighedPair[]): string[] {
  const pathsBy = new Map<string, Set<string>>();
  for (const { decision, paths } of pairs) {
    if (decision !== undefined) {
      const words = `${decision.decidedBy} decided on ${dayOf(decision)} that these are copies${noteOf(decision)}`;
      const named = pathsBy.get(words) ?? new Set();
      pathsBy.set(words, named);
      for (const path of paths) named.add(shorten(path));
    }
  }
  return [...pathsBy].map(([words, paths]) => `  ${words}: ${[...paths].join(', ')}`);
}

function dayOf({ decidedAt }: SaidDecision): string {
  return decidedAt.slice(0, 10);
}

function noteOf({ note }: SaidDecision): string {
  return note === null ? '' : ` (${note})`;
}

/** What is left out of a report since somebody decided to keep it. */
export function decidedLeftOutLines({
  decidedGroups,
  decidedPairs,
}: Pick<WeighedReport, 'decidedGroups' | 'decidedPairs'>): string[] {
  const list = '"eidetic decisions" lists what was decided, --decided shows all.';
  return [
    ...(decidedGroups > 0
      ? [
          `${count(decidedGroups, 'group')} left out: somebody decided to keep what is in ${decidedGroups === 1 ? 'it' : 'them'}; ${list}`,
        ]
      : []),
    ...(decidedPairs > 0
      ? [`${count(decidedPairs, 'pair')} of no group left out: somebody decided to keep both; ${list}`]
      : []),
  ];
}
