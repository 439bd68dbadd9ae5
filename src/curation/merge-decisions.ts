import type { DecisionKind, NewDecision } from '../domain/decision.ts';
import { decidedSets } from './decided-sets.ts';
import { compareDecisions, contentOf } from './decision-order.ts';
import { reportDecisions } from './report-decisions.ts';
import { standingDecisions } from './standing-decisions.ts';

/** Two decisions that do not go together. */
export interface DecisionConflict {
  /** `set`: different things were said of one set; `pair`: of two pictures one set says that they are copies, another not. */
  readonly about: 'set' | 'pair';
  /** The later one, which holds. */
  readonly won: NewDecision;
  readonly lost: NewDecision;
}

export interface MergedDecisions {
  /** What is new, the earlier first. */
  readonly added: readonly NewDecision[];
  /** Decisions that were known, or that a file had twice. */
  readonly known: number;
  /** Those in which something new takes part; what one person said later in the same file is a change of mind. */
  readonly conflicts: readonly DecisionConflict[];
}

/**
 * Merges decisions of other libraries: all are kept, and the later holds.
 * @param known of this library
 * @param files the decisions of each file
 */
export function mergeDecisions(
  known: readonly NewDecision[],
  files: ReadonlyArray<readonly NewDecision[]>,
): MergedDecisions {
  const sourceOf = new Map<NewDecision, number>();
  const contents = new Set(known.map(contentOf));
  const added: NewDecision[] = [];
  for (const [source, decisions] of files.entries()) {
    for (const decision of decisions) {
      const content = contentOf(decision);
      if (!contents.has(content)) {
        contents.add(content);
        sourceOf.set(decision, source);
        added.push(decision);
      }
    }
  }
  added.sort(compareDecisions);
  const speakerOf = (decision: NewDecision) => {
    const source = sourceOf.get(decision);
    return source === undefined ? 'known' : `${source} ${decision.decidedBy}`;
  };
  const isTold = ({ won, lost }: DecisionConflict) => {
    const [speaker, other] = [speakerOf(won), speakerOf(lost)];
    return speaker !== other && (sourceOf.has(won) || sourceOf.has(lost));
  };
  const all = [...known, ...added];
  const found = [...conflictsOfSets(all, speakerOf), ...conflictsOfPairs(all)];
  return {
    added,
    known: files.reduce((sum, { length }) => sum + length, 0) - added.length,
    conflicts: found.filter(isTold),
  };
}

/** Of each set the last decision, with what others said last that is something else. */
function conflictsOfSets(
  decisions: readonly NewDecision[],
  speakerOf: (decision: NewDecision) => string,
): DecisionConflict[] {
  const setOf = decidedSets(decisions);
  const last = new Map<string, NewDecision>();
  const lastOfEach = new Map<string, NewDecision>();
  for (const decision of decisions.toSorted(compareDecisions)) {
    last.set(setOf(decision), decision);
    lastOfEach.set(`${setOf(decision)} ${speakerOf(decision)}`, decision);
  }
  return [...lastOfEach.values()]
    .map((lost) => ({ about: 'set' as const, won: last.get(setOf(lost)) as NewDecision, lost }))
    .filter(({ won, lost }) => won.kind !== lost.kind);
}

/** Of what stands, each two that say the opposite of two pictures. */
function conflictsOfPairs(decisions: readonly NewDecision[]): DecisionConflict[] {
  const standing = standingDecisions(decisions);
  const { about } = reportDecisions(standing, []);
  return standing.flatMap((won, place) => {
    const shared = new Map<number, number>();
    for (const other of won.pictures.flatMap(about)) {
      shared.set(other, (shared.get(other) ?? 0) + 1);
    }
    const earlier = [...shared].filter(([other, pictures]) => other < place && pictures >= 2);
    return earlier
      .map(([other]) => standing[other] as NewDecision)
      .filter((lost) => lost.kind === OPPOSITES[won.kind])
      .map((lost) => ({ about: 'pair' as const, won, lost }));
  });
}

const OPPOSITES: Partial<Record<DecisionKind, DecisionKind>> = { copy: 'not-copy', 'not-copy': 'copy' };
