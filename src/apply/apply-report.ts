import { PLAN_ACTIONS, type PlanAction } from '../curation/plan.ts';

/** Of each kind of action none, to count on. */
export function noneOfEach(): Record<PlanAction, number> {
  return Object.fromEntries(PLAN_ACTIONS.map((action) => [action, 0])) as Record<PlanAction, number>;
}

/** A file that was left as it is. */
export interface LeftFile {
  readonly number: number;
  readonly path: string;
  /** What stands after its path in a sentence. */
  readonly reason: string;
}

/** What came of applying a plan, or of taking it back. */
export interface ApplyReport {
  readonly planId: string;
  /** Where it is written what was done. */
  readonly journal: string;
  /** Done by this run, by kind of action. */
  readonly done: Readonly<Record<PlanAction, number>>;
  /** Done by a run before. */
  readonly doneBefore: number;
  readonly left: readonly LeftFile[];
  /** Of what this run did, as the plan has it. */
  readonly freedBytes: number;
  /** Whether somebody stopped it while something was left to do. */
  readonly isStopped: boolean;
}

export interface ApplyProgress {
  readonly done: number;
  readonly failed: number;
}
