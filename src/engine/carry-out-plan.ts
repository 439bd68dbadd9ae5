import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApplyParts } from '../apply/apply-plan.ts';
import { applyPlan } from '../apply/apply-plan.ts';
import type { ApplyProgress, ApplyReport } from '../apply/apply-report.ts';
import { journalFolder, readJournal } from '../apply/journal.ts';
import type { JournalState } from '../apply/journal-state.ts';
import { rehearsePlan } from '../apply/rehearse-plan.ts';
import { undoPlan } from '../apply/undo-plan.ts';
import { isAbsent } from '../domain/describe-system-error.ts';
import { readDeviceTable } from '../indexer/device-table.ts';
import type { Library } from './library.ts';
import { libraryListing } from './library-listing.ts';
import { realPlace } from './real-place.ts';
import { sidecarsFor } from './sidecars-for.ts';

/** How a plan is carried out. */
export interface ApplyWish {
  /** Folders in which nothing is dropped, beside those that the plan names; as they are named. */
  readonly protected: readonly string[];
  /** What the file that stays lacks and a dropped one has is written into an XMP sidecar beside it. */
  readonly keepsMetadata: boolean;
  /** Everything is looked at, and nothing done. */
  readonly isRehearsal: boolean;
}

/** A journal of this library. */
export interface KnownJournal {
  /** Of its file. */
  readonly path: string;
  readonly state: JournalState;
}

/**
 * Carries out a plan that was made in this library, see applyPlan. No index run goes on meanwhile, and no other plan.
 * @throws EideticError CATALOG_BUSY, READ_ONLY; what applyPlan throws
 */
export async function applyLibraryPlan(
  library: Library,
  plan: string,
  wish: ApplyWish,
  onProgress: (progress: ApplyProgress) => void,
  signal: AbortSignal,
): Promise<ApplyReport> {
  const held = await library.lock.acquire('run');
  try {
    const parts = await partsOf(library, plan, wish);
    return await (wish.isRehearsal ? rehearsePlan : applyPlan)(plan, parts, onProgress, signal);
  } finally {
    await held.release();
  }
}

/**
 * Takes back what was done of a plan, see undoPlan.
 * @throws EideticError CATALOG_BUSY, READ_ONLY; what undoPlan throws
 */
export async function undoLibraryPlan(
  library: Library,
  journal: KnownJournal,
  onProgress: (progress: ApplyProgress) => void,
  signal: AbortSignal,
): Promise<ApplyReport> {
  const held = await library.lock.acquire('run');
  try {
    const listing = libraryListing(library, readDeviceTable());
    return await undoPlan(journal.path, listing, onProgress, signal);
  } finally {
    await held.release();
  }
}

/** What was done in a library, the latest first. @throws EideticError INVALID_INPUT for a journal that is damaged */
export async function libraryJournals({ config }: Pick<Library, 'config'>): Promise<KnownJournal[]> {
  const folder = journalFolder(config.library);
  const found: Array<KnownJournal & { readonly changedMs: number }> = [];
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const state = name.endsWith('.jsonl') ? await readJournal(path) : null;
    if (state !== null) {
      found.push({ path, state, changedMs: (await stat(path)).mtimeMs });
    }
  }
  return found.sort((a, b) => b.changedMs - a.changedMs);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) {
      return [];
    }
    throw error;
  }
}

async function partsOf(library: Library, plan: string, wish: ApplyWish): Promise<ApplyParts> {
  const { catalog, config } = library;
  const devices = readDeviceTable();
  const roots = await catalog.files.roots();
  return {
    libraryId: catalog.libraryId,
    library: realPlace(config.library),
    roots: roots.map(({ path }) => path),
    listing: libraryListing(library, devices),
    protected: wish.protected.map(realPlace),
    devices,
    environment: process.env,
    sidecars: wish.keepsMetadata ? await sidecarsFor(catalog, plan) : new Map(),
  };
}
