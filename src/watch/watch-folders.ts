import { setTimeout as sleep } from 'node:timers/promises';
import { EideticError, type ErrorCode } from '../domain/errors.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { Logger } from '../domain/logger.ts';
import type { RootRules } from '../domain/roots.ts';
import type { IndexSummary } from '../indexer/index-files.ts';
import type { ScanTarget } from '../indexer/scan-target.ts';
import type { SettledChanges } from './pending-changes.ts';
import { WatchedRoot } from './watched-root.ts';

/** A folder to watch, by its own rules. */
export interface RootToWatch {
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly rules: RootRules;
}

export interface WatchParts {
  /** One may lie inside another: then what is below the inner one goes by the inner one's rules. */
  readonly roots: readonly RootToWatch[];
  /** Indexes folders or single files; see indexFiles. */
  readonly index: (
    request: { readonly roots: readonly string[]; readonly listed: readonly string[] },
    signal: AbortSignal,
  ) => Promise<IndexSummary>;
  /** The library's own folder, never watched. */
  readonly libraryFolder: string;
  readonly logger: Logger;
  /** How long nothing may happen to a file before it is read, milliseconds. */
  readonly settleMs: number;
}

/** How often what may have settled is looked at. */
const LOOKS_PER_SETTLING = 4;

/** Settling times between attempts on a full disk: a run that meets it has read and embedded for nothing. */
const FULL_DISK_SETTLINGS = 30;

/**
 * Keeps a library current with its folders until the signal stops it: everything once at the start, then what
 * changes, when it has settled.
 *
 * Single files that came or changed are indexed by name. Everything else (gone, moved, whole folders) is left to a
 * scan of the root, with the safeguards a scan has: what cannot be seen changes nothing.
 * A library that another process is writing to is waited for, and so is room on a full disk.
 * @throws EideticError OVERLOADED when the system watches no more folders; MODEL_UNAVAILABLE, CATALOG_*, NOT_FOUND (the
 *   library) of a run
 */
export async function watchFolders(parts: WatchParts, signal: AbortSignal): Promise<void> {
  const { settleMs, logger } = parts;
  const roots = targetsOf(parts).map((target) => new WatchedRoot(target, settleMs, logger));
  try {
    while (!signal.aborted) {
      for (const root of roots) {
        if ((await root.look()) && performance.now() >= root.pausedUntil) {
          await indexSettled(root, parts, signal);
        }
      }
      await sleep(settleMs / LOOKS_PER_SETTLING, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  } finally {
    await Promise.all(roots.map((root) => root.close()));
  }
}

function targetsOf({ roots, libraryFolder }: WatchParts): ScanTarget[] {
  const paths = roots.map(({ path }) => path);
  return roots.map(({ path, rules }) => ({
    path,
    rules,
    innerRoots: new Set(paths.filter((other) => other !== path && isAtOrBelow(other, path))),
    ownFolders: new Set([libraryFolder]),
  }));
}

/** What keeps a library from being written to for a while. */
const WAITED_FOR: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['CATALOG_BUSY', 'STORAGE_FULL']);

async function indexSettled(root: WatchedRoot, parts: WatchParts, signal: AbortSignal): Promise<void> {
  const settled = await root.changes.takeSettled();
  const { files, shouldScan } = settled;
  if (signal.aborted || (files.length === 0 && !shouldScan)) {
    return;
  }
  try {
    const request = shouldScan ? { roots: [root.path], listed: [] } : { roots: [], listed: files };
    const { away } = await parts.index(request, signal);
    root.isWaiting = false;
    if (shouldScan) {
      root.tellAway(away);
    }
  } catch (error) {
    if (error instanceof EideticError && WAITED_FOR.has(error.code)) {
      waitForLibrary(root, settled, error, parts);
    } else if (error instanceof EideticError && isAboutRoot(error)) {
      parts.logger.warn(error.message);
    } else {
      throw error;
    }
  }
}

/**
 * Rules that nobody has accepted, or a root that went before the library came to know it. Nothing was changed, and the
 * next change scans it again. Without a root, NOT_FOUND says that the library is gone.
 */
function isAboutRoot({ code, details }: EideticError): boolean {
  return code === 'INVALID_INPUT' || (code === 'NOT_FOUND' && details['root'] !== undefined);
}

/** Puts changes back, to settle once more, which spaces the attempts. */
function waitForLibrary(
  root: WatchedRoot,
  settled: SettledChanges,
  error: EideticError,
  { logger, settleMs }: WatchParts,
): void {
  if (!root.isWaiting) {
    logger.warn('changes wait until the library can be written to', { reason: error.message });
  }
  root.isWaiting = true;
  const isFull = error.code === 'STORAGE_FULL';
  root.pausedUntil = isFull ? performance.now() + settleMs * FULL_DISK_SETTLINGS : 0;
  for (const path of settled.files) {
    root.changes.addFile(path);
  }
  if (settled.shouldScan) {
    root.changes.addScan();
  }
}
