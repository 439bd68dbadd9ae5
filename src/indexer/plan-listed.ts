import { lstat, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';
import type { KnownFile } from '../domain/file-ledger.ts';
import { describeSystemError, isAbsent } from './describe-system-error.ts';
import { stampOf } from './file-stamp.ts';
import { AbsenceJudge } from './judge-absence.ts';
import { missFile } from './miss-file.ts';
import type { PlanContext } from './plan-context.ts';
import { planFile } from './plan-file.ts';

/** What was named one by one is taken whatever it is called. */
const ANY_NAME = { exclude: [], includeHidden: true, followSymlinks: true };

const NOTHING_MET = { seenAlready: new Set<string>(), unlistable: new Map<string, string>() };

/**
 * Compares files that were named one by one with what the catalog knows of them; when nothing at all is named, those
 * that were in earlier runs.
 */
export async function planListed(context: PlanContext): Promise<void> {
  const planner = new ListedPlanner(context);
  const { request } = context;
  const isWhole = request.roots.length + request.listed.length === 0;
  for await (const path of isWhole
    ? listedBefore(context)
    : [...new Set(request.listed)].sort(comparePaths)) {
    context.signal.throwIfAborted();
    await planner.plan(path);
    context.onFound(context.plan.found);
  }
}

async function* listedBefore({ files, modelKeys }: PlanContext): AsyncGenerator<string> {
  for await (const { path } of files.knownListed(modelKeys)) {
    yield path;
  }
}

class ListedPlanner {
  readonly #context: PlanContext;
  /** Of the folder that was last asked about. */
  #judge: { readonly folder: string; readonly judge: AbsenceJudge } | null = null;

  constructor(context: PlanContext) {
    this.#context = context;
  }

  async plan(path: string): Promise<void> {
    const { files, modelKeys, devices, rulesOf } = this.#context;
    const known = await files.knownFile(path, modelKeys);
    // One that was let in through a link stays what the link leads to.
    const lookAt = known?.indexed || rulesOf(path).followSymlinks ? stat : lstat;
    let problem = 'it is not a regular file';
    try {
      const stats = await lookAt(path, { bigint: true });
      if (stats.isFile()) {
        await planFile(this.#context, stampOf(path, stats, devices), known);
        return;
      }
    } catch (error) {
      if (known !== null && isAbsent(error)) {
        await this.#takeAbsent(known);
        return;
      }
      problem = describeSystemError(error);
    }
    await this.#context.plan.failures.add({
      path,
      rawPath: null,
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
