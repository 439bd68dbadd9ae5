import { mkdir } from 'node:fs/promises';
import { basename, dirname, parse } from 'node:path';
import { PLAN_ACTIONS, type PlanHeader, type PlannedAction } from '../curation/plan.ts';
import { readPlan } from '../curation/read-plan.ts';
import { EideticError } from '../domain/errors.ts';
import { type ApplyProgress, type ApplyReport, type LeftFile, noneOfEach } from './apply-report.ts';
import { doStep } from './do-step.ts';
import { tellDropped } from './file-listing.ts';
import { foldersOf, noteFolders, settledEntry } from './folder-times.ts';
import { isDoneBefore } from './is-done-before.ts';
import { Journal, journalPath } from './journal.ts';
import { JOURNAL_SCHEMA_VERSION, type JournalEntry, type Step } from './journal-entry.ts';
import { type DropPlaces, lookAtAction, type SeenKept } from './look-at-action.ts';
import { type PreparedStep, prepareStep } from './prepare-step.ts';
import { recoverJournal, syncFolders } from './recover-journal.ts';
import { recoverStep } from './recover-step.ts';
import { reasonOf } from './refusal.ts';
import { TrashPlaces } from './trash-places.ts';
import { type Sidecar, writeSidecar } from './write-sidecar.ts';

export interface ApplyParts extends Omit<DropPlaces, 'protected'> {
  readonly libraryId: string;
  /** Beside those that the plan names. */
  readonly protected: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** What is written beside files that stay before others are dropped for them, by the paths of those that stay. */
  readonly sidecars: ReadonlyMap<string, Sidecar>;
}

/** Files that are written down together: one wait for the disk serves all of them. */
const MOST_AT_ONCE = 64;
/** Of those and of the files that stay: so much is read between looking at the first and moving it. */
const MOST_BYTES_AT_ONCE = 128 * 1024 * 1024;

/**
 * Carries a plan out. Just before each file is dropped it and the one that stays are read and hashed; what was changed, is
 * gone, or lies where nothing may be dropped is left, with the reason. Each step is on the disk before it is done, so that
 * a run that was ended in whatever way is finished by the next one, or taken back by {@link undoPlan}.
 * @param signal asks for an early end: no further step is done
 * @throws EideticError INVALID_INPUT for a plan that is wrong or another library's; STORAGE_FULL, READ_ONLY when nothing
 *   can be written down
 */
export async function applyPlan(
  plan: string,
  parts: ApplyParts,
  onProgress: (progress: ApplyProgress) => void,
  signal: AbortSignal,
): Promise<ApplyReport> {
  const { header, actions } = await readPlan(plan);
  requireLibrary(header, parts);
  const path = journalPath(parts.library, header.planId);
  const journal = await Journal.open(path, {
    kind: 'eidetic-journal',
    schemaVersion: JOURNAL_SCHEMA_VERSION,
    planId: header.planId,
    libraryId: header.libraryId,
    plan,
    startedAt: new Date().toISOString(),
  });
  try {
    await recoverJournal(journal, parts.listing);
    const run = new PlanRun(journal, header, parts, onProgress, signal);
    for await (const action of actions) {
      if (run.isStopped()) {
        break;
      }
      await run.take(action);
    }
    await run.flush();
    return run.report();
  } finally {
    await journal.close();
  }
}

/** @throws EideticError INVALID_INPUT */
export function requireLibrary({ libraryId }: PlanHeader, parts: ApplyParts): void {
  if (libraryId !== parts.libraryId) {
    throw new EideticError(
      'INVALID_INPUT',
      `The plan was made in another library (${libraryId}) than this one (${parts.libraryId}); name that with --library, or make a plan here.`,
    );
  }
}

/** One run over a plan: looks at actions, gathers some, does them together. */
class PlanRun {
  readonly #journal: Journal;
  readonly #parts: ApplyParts;
  readonly #places: DropPlaces;
  readonly #planId: string;
  readonly #trash: TrashPlaces;
  readonly #onProgress: (progress: ApplyProgress) => void;
  readonly #signal: AbortSignal;
  readonly #done = noneOfEach();
  readonly #left: LeftFile[] = [];
  /** The last one that the plan drops. */
  #picture = { number: 0, path: '' };
  #doneBefore = 0;
  #wasStopped = false;
  #freedBytes = 0;
  #batch: PreparedStep[] = [];
  #batchBytes = 0;
  #kept: SeenKept = new Map();

  constructor(
    journal: Journal,
    header: PlanHeader,
    parts: ApplyParts,
    onProgress: (progress: ApplyProgress) => void,
    signal: AbortSignal,
  ) {
    this.#journal = journal;
    this.#parts = parts;
    this.#places = { ...parts, protected: [...header.protected, ...parts.protected] };
    this.#planId = header.planId;
    this.#trash = new TrashPlaces(parts.environment);
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  /** To be asked when there is something to do: whether somebody wants it left, here and from now on. */
  isStopped(): boolean {
    this.#wasStopped ||= this.#signal.aborted;
    return this.#wasStopped;
  }

  async take(action: PlannedAction): Promise<void> {
    if (this.#wasDone(action)) {
      return;
    }
    // What the batch does to a file changes it for who looks at it meanwhile.
    if (this.#isInBatch(action)) {
      await this.flush();
    }
    const prepared = await this.#prepare(action);
    if (prepared !== null) {
      this.#batch.push(prepared);
      this.#batchBytes += action.drop.sizeBytes + action.keep.sizeBytes;
    }
    if (this.#batch.length >= MOST_AT_ONCE || this.#batchBytes >= MOST_BYTES_AT_ONCE) {
      await this.flush();
    }
  }

  async flush(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    this.#kept = new Map();
    if (batch.length === 0 || this.isStopped()) {
      return;
    }
    const { sidecars } = this.#journal.state;
    const written = batch.flatMap(({ sidecar }) =>
      sidecar === null || sidecars.has(sidecar.path) ? [] : [sidecar],
    );
    const beside = written.map(({ path }) => dirname(path));
    const folders = [...batch.flatMap(({ step }) => foldersOf(step)), ...beside];
    const missing = new Set(batch.flatMap((prepared) => prepared.missing));
    await this.#journal.append([
      ...(await noteFolders(this.#journal, folders, missing)),
      ...[...new Map(written.map((sidecar) => [sidecar.path, sidecar])).values()].map((sidecar) => ({
        kind: 'sidecar' as const,
        ...sidecar,
      })),
      ...batch.map(({ action: { number }, step }) => ({ kind: 'begin' as const, number, step })),
    ]);
    const outcomes: JournalEntry[] = [];
    for (const prepared of batch) {
      outcomes.push(this.isStopped() ? notDone(prepared) : await this.#do(prepared));
    }
    const touched = [...folders, ...[...missing].map((path) => dirname(path))];
    await syncFolders([...touched, ...missing]);
    await tellDropped(this.#parts.listing, stepsDone(batch, outcomes));
    await this.#journal.append([...outcomes, await settledEntry(this.#journal, touched)]);
    this.#tell();
  }

  report(): ApplyReport {
    return {
      planId: this.#planId,
      journal: this.#journal.path,
      done: this.#done,
      doneBefore: this.#doneBefore,
      left: this.#left,
      freedBytes: this.#freedBytes,
      isStopped: this.#wasStopped,
    };
  }

  /** Whether nothing is left to be done, since it was done before or is another line than what was. */
  #wasDone(action: PlannedAction): boolean {
    try {
      const isDone = isDoneBefore(action, this.#journal.state.steps.get(action.number));
      if (isDone) {
        this.#isBesideItsPicture(action);
        this.#doneBefore++;
      }
      return isDone;
    } catch (error) {
      this.#leave(action, reasonOf(error));
      return true;
    }
  }

  #isInBatch({ drop, keep }: PlannedAction): boolean {
    return this.#batch.some(
      ({ action }) =>
        isSameInode(action.drop, drop) || isSameInode(action.keep, drop) || isSameInode(action.drop, keep),
    );
  }

  async #prepare(action: PlannedAction): Promise<PreparedStep | null> {
    try {
      if (!this.#isBesideItsPicture(action)) {
        this.#leave(action, 'the plan has no picture beside it that it goes with');
        return null;
      }
      if (action.companionOf !== null && !this.#isGoing(action.companionOf)) {
        this.#leave(action, `it goes with the picture of action ${action.companionOf}, which was left`);
        return null;
      }
      const { drop, keep } = await lookAtAction(action, this.#places, this.#kept);
      return await prepareStep(action, drop, keep, {
        library: this.#parts.library,
        planId: this.#planId,
        trash: this.#trash,
        sidecars: this.#parts.sidecars,
        listing: this.#parts.listing,
        isOurs: ({ path }) => this.#journal.state.sidecars.has(path),
      });
    } catch (error) {
      this.#leave(action, reasonOf(error));
      return null;
    }
  }

  /** Companions follow their picture in a plan, lie in its folder and begin with its name. */
  #isBesideItsPicture({ number, companionOf, drop }: PlannedAction): boolean {
    if (companionOf === null) {
      this.#picture = { number, path: drop.path };
      return true;
    }
    const { dir, name } = parse(this.#picture.path);
    return (
      companionOf === this.#picture.number &&
      dirname(drop.path) === dir &&
      basename(drop.path).toLowerCase().startsWith(name.toLowerCase())
    );
  }

  /** Whether an action is done, or about to be. */
  #isGoing(number: number): boolean {
    return (
      this.#batch.some(({ action }) => action.number === number) ||
      this.#journal.state.steps.get(number)?.state === 'done'
    );
  }

  async #do(prepared: PreparedStep): Promise<JournalEntry> {
    const { action, step, missing } = prepared;
    const { number } = action;
    try {
      for (const folder of missing) {
        await makeFolder(folder, step.action === 'trash' ? PRIVATE : SHARED);
      }
      if (prepared.sidecar !== null) {
        await writeSidecar(prepared.sidecar);
      }
      await doStep(prepared);
    } catch (error) {
      const reason = reasonOf(error);
      if ((await recoverStep(step, 'out')) !== 'away') {
        this.#leave(action, reason);
        return { kind: 'left', number, reason };
      }
    }
    this.#done[step.action]++;
    this.#freedBytes += action.freesBytes;
    return { kind: 'done', number };
  }

  #leave({ number, drop }: PlannedAction, reason: string): void {
    this.#left.push({ number, path: drop.path, reason });
    this.#tell();
  }

  #tell(): void {
    const done = PLAN_ACTIONS.reduce((sum, action) => sum + this.#done[action], this.#doneBefore);
    this.#onProgress({ done: done + this.#left.length, failed: this.#left.length });
  }
}

function notDone({ action: { number } }: PreparedStep): JournalEntry {
  return { kind: 'left', number, reason: 'somebody stopped the run before it' };
}

function stepsDone(batch: readonly PreparedStep[], outcomes: readonly JournalEntry[]): Step[] {
  return batch.flatMap(({ step }, i) => (outcomes[i]?.kind === 'done' ? [step] : []));
}

/** A trash is nobody else's; other folders are as this user makes them. */
const PRIVATE = 0o700;
const SHARED = 0o777;

async function makeFolder(path: string, mode: number): Promise<void> {
  await mkdir(path, { mode }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') {
      throw error;
    }
  });
}

function isSameInode(a: PlannedAction['drop'], b: PlannedAction['drop']): boolean {
  return a.path === b.path || (a.inode !== null && a.inode === b.inode && a.device === b.device);
}
