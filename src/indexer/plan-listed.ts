import { lstat, readdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';
import { describeSystemError, isAbsent } from '../domain/describe-system-error.ts';
import type { KnownFile } from '../domain/file-ledger.ts';
import { lookOf } from './file-look.ts';
import { stampOf } from './file-stamp.ts';
import { isWholeRun } from './index-request.ts';
import { AbsenceJudge } from './judge-absence.ts';
import { missingListedNames } from './known-files-of.ts';
import { missFile } from './miss-file.ts';
import { planBadName } from './plan-bad-name.ts';
import type { PlanContext } from './plan-context.ts';
import { planFile } from './plan-file.ts';
import { spelledOnDisk } from './spelled-on-disk.ts';
import { underKnownRoot } from './under-known-root.ts';

/** What was named one by one is taken whatever it is called. */
const ANY_NAME = { exclude: [], includeHidden: true, followSymlinks: true };

const NOTHING_MET = { seenAlready: new Set<string>(), unlistable: new Map<string, string>() };

/**
 * Compares files that were named one by one with what the catalog knows of them; when nothing at all is named, those
 * that were in earlier runs.
 */
export async function planListed(context: PlanContext): Promise<void> {
  const { listed, listedNames = [] } = context.request;
  const planner = new ListedPlanner(context);
  const isWhole = isWholeRun(context.request);
  for await (const path of isWhole ? listedBefore(context) : [...new Set(listed)].sort(comparePaths)) {
    context.signal.throwIfAborted();
    await planner.plan(path);
    context.onFound(context.plan.found);
  }
  const namesBefore = isWhole ? missingListedNames(context) : [];
  for (const rawPath of [...listedNames, ...namesBefore]) {
    await planner.planName(Buffer.from(rawPath));
  }
}

async function* listedBefore({ files, modelKeys }: PlanContext): AsyncGenerator<string> {
  for await (const { path } of files.knownListed(modelKeys)) {
    yield path;
  }
}

class ListedPlanner {
  readonly #context: PlanContext;
  /** Those that are planned by the name that was given. */
  readonly #listed: ReadonlySet<string>;
  /** Those that the disk or the library has by another spelling. */
  readonly #respelled = new Set<string>();
  /** See spelledOnDisk. */
  readonly #folders = new Map<string, string>();
  /** Of the folder that was last asked about. */
  #judge: { readonly folder: string; readonly judge: AbsenceJudge } | null = null;

  constructor(context: PlanContext) {
    this.#context = context;
    this.#listed = new Set(context.request.listed);
  }

  async plan(given: string): Promise<void> {
    const { files, modelKeys } = this.#context;
    const known = await files.knownFile(given, modelKeys);
    const path = await this.#spelled(given);
    if (path === given) {
      await this.#planAt(path, known);
      return;
    }
    if (known !== null) {
      await this.#takeAbsent(known);
    }
    if (!this.#listed.has(path) && !this.#respelled.has(path)) {
      this.#respelled.add(path);
      await this.#planAt(path, await files.knownFile(path, modelKeys));
    }
  }

  /** A name that is not UTF-8: a failure as long as it is there. */
  async planName(rawPath: Buffer): Promise<void> {
    const { knownNames, plan } = this.#context;
    const bytes = rawPath.toString('latin1');
    if (!(await isGone(rawPath))) {
      await planBadName({ rawPath, shown: rawPath.toString('utf8'), isFolder: false }, this.#context);
    } else if (knownNames.delete(bytes)) {
      await plan.removedNames.add(rawPath.toString('hex'));
    } else {
      await this.#addUnseen(rawPath.toString('utf8'), rawPath, 'it is not there');
    }
  }

  async #spelled(path: string): Promise<string> {
    const spelled = await spelledOnDisk(path, this.#folders);
    return underKnownRoot(spelled, this.#context.rootPaths);
  }

  async #planAt(path: string, known: KnownFile | null): Promise<void> {
    const { devices, rulesOf } = this.#context;
    // One that was let in through a link stays what the link leads to.
    const lookAt = known?.indexed || rulesOf(path).followSymlinks ? stat : lstat;
    let problem = 'it is not a regular file';
    try {
      const stats = await lookAt(path, { bigint: true });
      if (stats.isFile()) {
        await planFile(this.#context, stampOf(path, lookOf(stats), devices), known);
        return;
      }
    } catch (error) {
      if (known !== null && isAbsent(error)) {
        await this.#takeAbsent(known);
        return;
      }
      problem = describeSystemError(error);
    }
    await this.#addUnseen(path, null, problem);
  }

  async #addUnseen(path: string, rawPath: Buffer | null, problem: string): Promise<void> {
    await this.#context.plan.failures.add({
      path,
      rawPath: rawPath === null ? null : rawPath.toString('hex'),
      code: 'NOT_FOUND',
      message: `The listed file cannot be read: ${problem}.`,
      retry: 'next-run',
    });
  }

  async #takeAbsent(known: KnownFile): Promise<void> {
    const { path, indexed, failure } = known;
    const { plan, request } = this.#context;
    const device = (indexed ?? failure)?.stamp.device ?? null;
    const absence = await this.#judgeOf(dirname(path)).judge({ path, device, rawName: null });
    if (absence.kind === 'away' && !(absence.canBeConfirmed && request.allowEmpty)) {
      await missFile(plan, known, absence);
    } else if (absence.kind !== 'passed over') {
      await plan.removed.add(path);
    }
  }

  #judgeOf(folder: string): AbsenceJudge {
    if (this.#judge?.folder !== folder) {
      const target = {
        path: folder,
        rules: ANY_NAME,
        innerRoots: new Set<string>(),
        ownFolders: new Set<string>(),
      };
      this.#judge = { folder, judge: new AbsenceJudge(target, this.#context.devices, NOTHING_MET) };
    }
    return this.#judge.judge;
  }
}

/** Whether a name has left a folder that is there, and holds others. */
async function isGone(rawPath: Buffer): Promise<boolean> {
  try {
    await lstat(rawPath);
    return false;
  } catch (error) {
    if (!isAbsent(error)) {
      return false;
    }
    const folder = rawPath.subarray(0, Math.max(1, rawPath.lastIndexOf('/')));
    return readdir(folder).then(
      (names) => names.length > 0,
      () => false,
    );
  }
}
