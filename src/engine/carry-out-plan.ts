import { lstat } from 'node:fs/promises';
import type { ApplyParts } from '../apply/apply-plan.ts';
import { applyPlan } from '../apply/apply-plan.ts';
import type { ApplyProgress, ApplyReport } from '../apply/apply-report.ts';
import { rehearsePlan } from '../apply/rehearse-plan.ts';
import { undoPlan } from '../apply/undo-plan.ts';
import { isToBeKept } from '../curation/is-to-be-kept.ts';
import { EideticError } from '../domain/errors.ts';
import { readDeviceTable } from '../indexer/device-table.ts';
import type { Library } from './library.ts';
import { decisionsForReport } from './library-decisions.ts';
import type { KnownJournal } from './library-journals.ts';
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
  journal: Pick<KnownJournal, 'path'>,
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

async function partsOf(library: Library, plan: string, wish: ApplyWish): Promise<ApplyParts> {
  const { catalog, config } = library;
  const devices = readDeviceTable();
  const roots = await catalog.files.roots();
  const decisions = await decisionsForReport(catalog);
  await requireThere(wish.protected);
  return {
    libraryId: catalog.libraryId,
    library: realPlace(config.library),
    roots: roots.map(({ path }) => path),
    listing: libraryListing(library, devices),
    protected: wish.protected.map(realPlace),
    isToBeKept: (dropped, kept) => isToBeKept(decisions, dropped, kept),
    devices,
    environment: process.env,
    sidecars: wish.keepsMetadata ? await sidecarsFor(catalog, plan) : new Map(),
  };
}

/** A folder that was mistyped would protect nothing. @throws EideticError NOT_FOUND */
async function requireThere(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await lstat(folder).catch((cause: unknown) => {
      throw new EideticError(
        'NOT_FOUND',
        `There is nothing at ${folder}, so it protects nothing; name a folder that is there.`,
        { cause },
      );
    });
  }
}
