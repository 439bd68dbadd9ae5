import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PLAN_OVERVIEW, type PlanOverview } from '../curation/plan-overview.ts';
import { isAbsent } from '../domain/describe-system-error.ts';
import { translateDiskError } from '../domain/disk-error.ts';
import { makeFolders } from '../domain/make-folders.ts';
import { publishFile } from '../vector-index/durable-file.ts';
import { keepJson } from './keep-json.ts';
import { namesIn } from './names-in.ts';

/** A plan that a library keeps. */
export interface KeptPlan {
  readonly planId: string;
  /** When somebody asked for it, ISO 8601. */
  readonly askedAt: string;
  /** Null when what was kept of it cannot be read. */
  readonly overview: PlanOverview | null;
}

const [LINES, OVERVIEW, UNFINISHED] = ['.jsonl', '.json', '.unfinished'];

/** The name of what a plan comes to; files of other names are somebody else's. */
const PLAN = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\.json$/;

/** Another server of the same library may be writing. */
const STALE_MS = 3_600_000;

/** The folder of a library that has its plans: of each its lines, and beside them what it comes to, written last. */
export class KeptPlans {
  readonly #folder: string;

  /** @param library its folder */
  constructor(library: string) {
    this.#folder = join(library, 'plans');
  }

  /** The file that `eidetic apply` takes. @param planId a UUID */
  pathOf(planId: string): string {
    return join(this.#folder, planId + LINES);
  }

  /**
   * Keeps a plan for good; when it fails, nothing of it is left.
   * @throws EideticError STORAGE_FULL, READ_ONLY, CATALOG_BUSY
   */
  async keep({ planId, askedAt, overview }: KeptPlan, lines: Iterable<string>): Promise<void> {
    const path = this.pathOf(planId);
    try {
      makeFolders(this.#folder);
      await writeFile(path + UNFINISHED, lines, { flag: 'wx' });
      await publishFile(path + UNFINISHED, path);
      await keepJson(this.#overviewOf(planId), { askedAt, overview }, 'The plan');
    } catch (error) {
      await rm(path + UNFINISHED, { force: true }).catch(() => {});
      await rm(path, { force: true }).catch(() => {});
      throw translateDiskError(error, `The plan ${path} cannot be kept`);
    }
  }

  /** In no order. */
  async all(): Promise<KeptPlan[]> {
    const plans: KeptPlan[] = [];
    for (const name of await this.#names()) {
      const planId = PLAN.exec(name)?.[1];
      const plan = planId === undefined ? null : await this.get(planId);
      plans.push(...(plan === null ? [] : [plan]));
    }
    return plans;
  }

  /** Null when there is none. @param planId a UUID */
  async get(planId: string): Promise<KeptPlan | null> {
    const path = this.#overviewOf(planId);
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (isAbsent(error)) {
        return null;
      }
      throw translateDiskError(error, `The plan ${path} cannot be read`);
    }
    return { planId, ...(await parseKept(text, path)) };
  }

  /** @param planId a UUID @returns whether there was one @throws EideticError READ_ONLY, CATALOG_BUSY */
  async remove(planId: string): Promise<boolean> {
    const path = this.#overviewOf(planId);
    try {
      await rm(path);
      await rm(this.pathOf(planId), { force: true });
      return true;
    } catch (error) {
      if (isAbsent(error)) {
        return false;
      }
      throw translateDiskError(error, `The plan ${path} cannot be removed`);
    }
  }

  /** Removes what a kill left behind that nobody lists; what cannot be removed only takes space. */
  async removeStale(): Promise<void> {
    const names = await this.#names();
    const listed = new Set(names);
    const isLeft = (name: string) =>
      name.endsWith(UNFINISHED) ||
      (name.endsWith(LINES) && !listed.has(name.slice(0, -LINES.length) + OVERVIEW));
    for (const name of names.filter(isLeft)) {
      const path = join(this.#folder, name);
      const stats = await stat(path).catch(() => null);
      if (stats !== null && Date.now() - stats.mtimeMs > STALE_MS) {
        await rm(path, { force: true }).catch(() => {});
      }
    }
  }

  #overviewOf(planId: string): string {
    return join(this.#folder, planId + OVERVIEW);
  }

  async #names(): Promise<string[]> {
    try {
      return await namesIn(this.#folder);
    } catch (error) {
      throw translateDiskError(error, `The plans in ${this.#folder} cannot be listed`);
    }
  }
}

/** What cannot be read is told of with the time at which it was written. */
async function parseKept(text: string, path: string): Promise<Omit<KeptPlan, 'planId'>> {
  try {
    const { askedAt, overview } = JSON.parse(text) as Record<string, unknown>;
    const parsed = PLAN_OVERVIEW.safeParse(overview);
    if (typeof askedAt === 'string' && parsed.success) {
      return { askedAt, overview: parsed.data };
    }
  } catch {
    // damaged
  }
  const written = await stat(path).then(
    ({ mtime }) => mtime,
    () => new Date(0),
  );
  return { askedAt: written.toISOString(), overview: null };
}
