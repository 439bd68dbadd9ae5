import type { KnownFile } from '../domain/file-ledger.ts';
import type { Absence } from './absence.ts';
import type { FoundFile } from './found-files.ts';
import { AbsenceJudge } from './judge-absence.ts';
import { knownPagesOf, missingNamesOf } from './known-files-of.ts';
import type { Merged } from './merge-by-path.ts';
import { mergeFiles } from './merge-files.ts';
import { missFile } from './miss-file.ts';
import { planBadName } from './plan-bad-name.ts';
import type { PlanContext } from './plan-context.ts';
import { planFile } from './plan-file.ts';
import { haveRulesChanged, type PlannedRoot } from './plan-roots.ts';
import { LEAVING_NAMES, type LeavingFiles } from './refuse-leaving.ts';
import type { BadName, ScanReport } from './scan-report.ts';
import type { IgnoreReason } from './scan-rules.ts';
import type { ScanTarget } from './scan-target.ts';
import { Spool } from './spool.ts';

const NO_FILES =
  'no files were found in it; is a drive not mounted? If they are really gone, index again with --allow-empty';

const FOUND_BETWEEN_NEWS = 64;

/** Plans one root that is there. */
export class RootPlanner implements ScanReport {
  readonly #root: PlannedRoot;
  readonly #context: PlanContext;
  readonly #target: ScanTarget;
  readonly #met = { seenAlready: new Set<string>(), unlistable: new Map<string, string>() };
  readonly #judge: AbsenceJudge;
  /** Known paths that are gone, if it turns out that anything is there at all. */
  readonly #gone: Spool<{ readonly path: string; readonly isIndexed: boolean }>;
  #isListed = false;
  /** Found, and told of now and then. */
  #taken = 0;
  readonly #leavingNames: string[] = [];
  #leaving = 0;

  constructor(root: PlannedRoot, context: PlanContext) {
    this.#root = root;
    this.#context = context;
    this.#target = { ...root, ownFolders: context.ownFolders };
    this.#judge = new AbsenceJudge(this.#target, context.devices, this.#met);
    this.#gone = new Spool(context.spoolFolder);
  }

  /** Why the root itself could not be listed; null when it was. */
  get rootProblem(): string | null {
    return this.#met.unlistable.get(this.#root.path) ?? null;
  }

  /** See planRoot. */
  async plan(): Promise<LeavingFiles | null> {
    const { plan, scan, devices, signal, request, onFound } = this.#context;
    const foundBefore = plan.found;
    try {
      const found = scan(this.#target, devices, this);
      const known = knownPagesOf(this.#root, this.#context);
      for await (const next of mergeFiles(found, known, devices, request)) {
        signal.throwIfAborted();
        if ('unchanged' in next) {
          plan.unchanged += next.unchanged;
          onFound(plan.found);
        } else {
          await this.#take(next);
        }
      }
      await this.#settleGone(plan.found > foundBefore);
      await this.#settleNames();
    } finally {
      await this.#gone.close();
    }
    this.#planStoring();
    const [root, count, names] = [this.#root, this.#leaving, this.#leavingNames];
    return count === 0 ? null : { root, count, names };
  }

  onListed(folder: string): void {
    this.#isListed ||= folder === this.#root.path;
  }

  onIgnored(reason: IgnoreReason): void {
    const { ignored } = this.#context.plan;
    ignored.set(reason, (ignored.get(reason) ?? 0) + 1);
  }

  onSeenAlready(path: string): void {
    this.#met.seenAlready.add(path);
  }

  async onUnlistable(folder: string, problem: string): Promise<void> {
    this.#met.unlistable.set(folder, problem);
    await this.#addUnseen(folder, 'The folder cannot be listed', problem);
  }

  onBadName(name: BadName): Promise<void> {
    return planBadName(name, this.#context);
  }

  async #addUnseen(path: string, what: string, problem: string): Promise<void> {
    const message = `${what}: ${problem}. It is tried again in the next run.`;
    const failure = { code: 'IMAGE_UNREADABLE', message, retry: 'next-run' } as const;
    await this.#context.plan.failures.add({ path, rawPath: null, ...failure });
  }

  async #take({ found, known }: Merged<FoundFile, KnownFile>): Promise<void> {
    if (found !== null) {
      await this.#takeFound(found, known);
      if (this.#taken++ % FOUND_BETWEEN_NEWS === 0) {
        this.#context.onFound(this.#context.plan.found);
      }
    } else if (known !== null) {
      await this.#takeAbsent(known);
    }
  }

  #takeFound(found: FoundFile, known: KnownFile | null): Promise<void> | undefined {
    return found.stamp === null
      ? this.#addUnseen(found.path, 'The file cannot be read', found.problem)
      : planFile(this.#context, found.stamp, known);
  }

  async #takeAbsent(known: KnownFile): Promise<void> {
    const { path, indexed, failure } = known;
    const device = (indexed ?? failure)?.stamp.device ?? null;
    const absence = await this.#judge.judge({ path, device, rawName: null });
    if (absence.kind === 'passed over') {
      await this.#takePassedOver(known, absence);
    } else if (absence.kind === 'folder' && indexed === null) {
      await this.#context.plan.mended.add(path);
    } else if (absence.kind === 'away' && !this.#isConfirmed(absence)) {
      await missFile(this.#context.plan, known, absence);
    } else {
      await this.#gone.add({ path, isIndexed: indexed !== null });
    }
  }

  #isConfirmed(absence: Absence): boolean {
    return absence.kind === 'away' && absence.canBeConfirmed && this.#context.request.allowEmpty;
  }

  async #takePassedOver(
    { path, indexed }: KnownFile,
    { place, reason }: Extract<Absence, { kind: 'passed over' }>,
  ): Promise<void> {
    const { plan, request } = this.#context;
    if (indexed === null || request.acceptRules) {
      await plan.excluded.add(path);
    } else if (haveRulesChanged(this.#root)) {
      this.#leaving++;
      if (this.#leavingNames.length < LEAVING_NAMES) {
        this.#leavingNames.push(path);
      }
    } else {
      const why = `the folder's rules pass over it (${reason}), but its files came into the library before; --accept-rules lets them leave`;
      plan.away.add(place, why, 1);
    }
  }

  /** A root in which nothing at all was found has more likely gone than lost every file. */
  async #settleGone(hasFound: boolean): Promise<void> {
    const { plan, request } = this.#context;
    if (!hasFound && !request.allowEmpty) {
      for await (const { path, isIndexed } of this.#gone) {
        if (isIndexed) {
          await plan.missed.add({ path, place: this.#root.path, reason: NO_FILES });
        }
      }
      return;
    }
    for await (const { path } of this.#gone) {
      await plan.removed.add(path);
    }
  }

  async #settleNames(): Promise<void> {
    for (const { rawPath, shown } of missingNamesOf(this.#root, this.#context)) {
      const rawName = rawPath.subarray(rawPath.lastIndexOf('/') + 1);
      const absence = await this.#judge.judge({ path: shown, device: null, rawName });
      if (absence.kind !== 'away' || this.#isConfirmed(absence)) {
        await this.#context.plan.removedNames.add(rawPath.toString('hex'));
      }
    }
  }

  #planStoring(): void {
    const { path, rules } = this.#root;
    if (this.#isListed && (this.#root.id === null || haveRulesChanged(this.#root))) {
      this.#context.plan.rootsToStore.push({ path, rules });
    }
  }
}
