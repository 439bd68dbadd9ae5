import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { journalPath } from '../apply/journal.ts';
import { type CopyWish, withoutHeldBack } from '../copies/choose-copies.ts';
import type { PlanAction } from '../curation/plan.ts';
import { planLines } from '../curation/plan-lines.ts';
import type { PlanOverview } from '../curation/plan-overview.ts';
import { EideticError } from '../domain/errors.ts';
import { until } from '../domain/until.ts';
import { LEAST_OF_COPIES } from '../duplicates/find-copy-pairs.ts';
import type { ReportQuestion } from '../duplicates/report-question.ts';
import { type AskedRules, chooseRules } from './choose-rules.ts';
import { describePlan } from './describe-plan.ts';
import type { DuplicateReports } from './duplicate-reports.ts';
import { type KeptPlan, KeptPlans } from './kept-plans.ts';
import type { Library } from './library.ts';
import { type PlanWish, planLibrary } from './plan-library.ts';

/** A plan as somebody asks a server for it. */
export interface AskedPlan {
  readonly question: ReportQuestion;
  /** How certain copies shall be; null: only what is equal. */
  readonly copies: CopyWish | null;
  readonly rules: AskedRules;
  readonly action: PlanAction;
  /** Where a move goes, absolute; null for other actions. */
  readonly moveTo: string | null;
}

/** How far a plan is, and what it comes to. */
export interface PlanState {
  readonly planId: string;
  /** ISO 8601. */
  readonly askedAt: string;
  readonly state: 'making' | 'made' | 'failed';
  /** Null until it is made. */
  readonly overview: PlanOverview | null;
  /** Why it failed; null of others. */
  readonly error: { readonly code: string; readonly message: string } | null;
  /** Whether `eidetic apply` has begun to carry it out. */
  readonly isBegun: boolean;
}

/** Plans that are asked for and not made yet. */
const MOST_MAKING = 4;

/** Plans that are kept: each is a file, and a list reads them all. */
const MOST_KEPT = 1_000;

/** Failures that are told of; they end with the server. */
const MOST_FAILED = 100;

const DAMAGED = {
  code: 'CATALOG_DAMAGED',
  message: 'What was kept of this plan cannot be read; delete it and make it anew.',
};

/** One of which nothing is on disk. */
interface Unkept {
  readonly state: PlanState;
  readonly stop: AbortController;
  /** Never fails. */
  readonly making: Promise<void>;
}

/** What a plan is made by. */
interface Order extends AskedPlan {
  readonly wish: PlanWish;
  readonly askedAt: string;
}

/** Plans that a server makes, one after the other, and keeps; it never carries one out. */
export class LibraryPlans {
  readonly #library: Library;
  readonly #duplicates: DuplicateReports;
  readonly #onBug: (error: unknown) => void;
  readonly #kept: KeptPlans;
  readonly #unkept = new Map<string, Unkept>();
  #last: Promise<void>;

  /** @param onBug told of what is no EideticError */
  constructor(library: Library, duplicates: DuplicateReports, onBug: (error: unknown) => void) {
    this.#library = library;
    this.#duplicates = duplicates;
    this.#onBug = onBug;
    this.#kept = new KeptPlans(library.config.library);
    this.#last = library.catalog.isReadOnly ? Promise.resolve() : this.#kept.removeStale().catch(() => {});
  }

  /**
   * Begins to make one, which goes on when nobody waits for it.
   * @throws EideticError INVALID_INPUT, NOT_FOUND for rules that cannot be followed; READ_ONLY; OVERLOADED
   */
  async make(asked: AskedPlan): Promise<PlanState> {
    await this.#requireRoom();
    const { action, moveTo } = asked;
    const rules = await chooseRules(this.#library, asked.rules, asked.question);
    const making = this.#inState('making').length;
    if (making >= MOST_MAKING) {
      throw new EideticError('OVERLOADED', `${making} plans are being made; try again later.`);
    }
    const wish = { planId: randomUUID(), ...rules, action, moveTo };
    return this.#begin({ ...asked, wish, askedAt: new Date().toISOString() });
  }

  /** The latest first. */
  async all(): Promise<PlanState[]> {
    const unkept = [...this.#unkept.values()].map(({ state }) => state);
    const found = new Map(unkept.map((state) => [state.planId, state]));
    for (const plan of await this.#kept.all()) {
      found.set(plan.planId, this.#stateOf(plan));
    }
    return [...found.values()].sort(
      (a, b) => b.askedAt.localeCompare(a.askedAt) || a.planId.localeCompare(b.planId),
    );
  }

  /** Null when there is none. */
  async get(planId: string): Promise<PlanState | null> {
    const unkept = this.#unkept.get(planId)?.state ?? null;
    const plan = await this.#kept.get(planId);
    return plan === null ? unkept : this.#stateOf(plan);
  }

  /** The file with the lines of one that is made. */
  pathOf(planId: string): string {
    return this.#kept.pathOf(planId);
  }

  /** Stops making it, or removes it. @returns whether there was one @throws EideticError READ_ONLY, CATALOG_BUSY */
  async remove(planId: string): Promise<boolean> {
    const unkept = this.#unkept.get(planId);
    unkept?.stop.abort(new Error('the plan was removed'));
    await unkept?.making; // it may be kept in this moment
    this.#unkept.delete(planId);
    return (await this.#kept.remove(planId)) || unkept !== undefined;
  }

  /** Stops what is being made. */
  async close(): Promise<void> {
    for (const { stop } of this.#unkept.values()) {
      stop.abort(new Error('the server stops'));
    }
    await this.#last;
  }

  async #requireRoom(): Promise<void> {
    const { catalog, config } = this.#library;
    if (catalog.isReadOnly) {
      throw new EideticError(
        'READ_ONLY',
        `The library ${config.library} lies where nothing can be written, so that no plan can be kept there; "eidetic plan" writes one elsewhere.`,
      );
    }
    const count = (await this.#kept.all()).length;
    if (count >= MOST_KEPT) {
      throw new EideticError(
        'INVALID_INPUT',
        `Found ${count} plans, expected fewer than ${MOST_KEPT}; delete those that nobody needs any more.`,
      );
    }
  }

  #begin(order: Order): PlanState {
    const { planId } = order.wish;
    const stop = new AbortController();
    const state: PlanState = {
      ...{ planId, askedAt: order.askedAt, state: 'making', overview: null, error: null, isBegun: false },
    };
    const making = this.#last
      .then(() => this.#makeAndKeep(order, stop.signal))
      .then(
        () => void this.#unkept.delete(planId),
        (error: unknown) => this.#fail(planId, error),
      );
    this.#last = making;
    this.#unkept.set(planId, { state, stop, making });
    return state;
  }

  async #makeAndKeep({ question, copies, wish, askedAt }: Order, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const library = this.#library;
    const minSimilarity = copies === null ? null : LEAST_OF_COPIES;
    const finding = this.#duplicates.of(library.spaces.forCopies, {
      ...{ question, minSimilarity },
      copies: copies && withoutHeldBack(copies),
    });
    const { report } = await until(finding, signal);
    const plan = await planLibrary(library, report, wish, signal);
    signal.throwIfAborted();
    const overview = describePlan(plan, wish);
    await this.#kept.keep({ planId: wish.planId, askedAt, overview }, planLines(plan.header, plan.groups));
  }

  #fail(planId: string, error: unknown): void {
    const failed = this.#unkept.get(planId);
    this.#unkept.delete(planId);
    if (failed === undefined || failed.stop.signal.aborted) {
      return;
    }
    const state: PlanState = { ...failed.state, state: 'failed', error: this.#inWords(error) };
    this.#unkept.set(planId, { ...failed, state });
    for (const { planId: old } of this.#inState('failed').slice(0, -MOST_FAILED)) {
      this.#unkept.delete(old);
    }
  }

  #inState(wanted: PlanState['state']): PlanState[] {
    return [...this.#unkept.values()].map(({ state }) => state).filter(({ state }) => state === wanted);
  }

  #inWords(error: unknown): PlanState['error'] {
    if (error instanceof EideticError) {
      return { code: error.code, message: error.message };
    }
    this.#onBug(error);
    return { code: 'BUG', message: 'This is a bug; the log of the server has the details.' };
  }

  #stateOf({ planId, askedAt, overview }: KeptPlan): PlanState {
    const isBegun = existsSync(journalPath(this.#library.config.library, planId));
    return overview === null
      ? { planId, askedAt, overview, state: 'failed', error: DAMAGED, isBegun }
      : { planId, askedAt, overview, state: 'made', error: null, isBegun };
  }
}
