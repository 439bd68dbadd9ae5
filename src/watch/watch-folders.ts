import { setTimeout as sleep } from 'node:timers/promises';
import { EideticError } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { IndexSummary } from '../indexer/index-files.ts';
import type { ScanOptions } from '../indexer/scan-rules.ts';
import type { SettledChanges } from './pending-changes.ts';
import { WatchedRoot } from './watched-root.ts';

export interface WatchParts {
  /** Folders, absolute, without symbolic links, none inside another. */
  readonly roots: readonly string[];
  /** Indexes folders or single files; see indexFiles. */
  readonly index: (
    request: { readonly roots: readonly string[]; readonly listed: readonly string[] },
    signal: AbortSignal,
  ) => Promise<IndexSummary>;
  readonly scanOptions: ScanOptions;
  readonly logger: Logger;
  /** How long nothing may happen to a file before it is read, milliseconds. */
  readonly settleMs: number;
}

/** How often what may have settled is looked at. */
const LOOKS_PER_SETTLING = 4;

/**
 * Keeps a library current with its folders until the signal stops it: everything once at the start, then what
 * changes, when it has settled.
 *
 * Single files that came or changed are indexed by name. Everything else (gone, moved, whole folders) is left to a
 * scan of the root, with the safeguards a scan has: a root that is not there, or is suddenly empty, changes nothing.
 * A library that another process is writing to is waited for.
 * @throws EideticError OVERLOADED when the system watches no more folders; MODEL_UNAVAILABLE, CATALOG_* of a run
 */
export async function watchFolders(parts: WatchParts, signal: AbortSignal): Promise<void> {
  const { scanOptions, settleMs, logger } = parts;
  const roots = parts.roots.map((path) => new WatchedRoot(path, scanOptions, settleMs, logger));
  try {
    while (!signal.aborted) {
      for (const root of roots) {
        if (await root.look()) {
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

async function indexSettled(root: WatchedRoot, parts: WatchParts, signal: AbortSignal): Promise<void> {
  const settled = await root.changes.takeSettled();
  const { files, shouldScan } = settled;
  if (signal.aborted || (files.length === 0 && !shouldScan)) {
    return;
  }
  try {
    await parts.index(shouldScan ? { roots: [root.path], listed: [] } : { roots: [], listed: files }, signal);
    root.isWaiting = false;
  } catch (error) {
    if (error instanceof EideticError && error.code === 'CATALOG_BUSY') {
      waitForLibrary(root, settled, error, parts.logger);
    } else if (error instanceof EideticError && isAboutRoot(error)) {
      parts.logger.warn(error.message);
    } else {
      throw error;
    }
  }
}

/** The root went away or is suddenly empty. Nothing was changed, and the next change scans it again. */
function isAboutRoot({ code }: EideticError): boolean {
  return code === 'NOT_FOUND' || code === 'INVALID_INPUT';
}

/** Puts changes back, to settle once more, which spaces the attempts. */
function waitForLibrary(
  root: WatchedRoot,
  settled: SettledChanges,
  error: EideticError,
  logger: Logger,
): void {
  if (!root.isWaiting) {
    logger.warn('changes wait until the library can be written to', { reason: error.message });
  }
  root.isWaiting = true;
  for (const path of settled.files) {
    root.changes.addFile(path);
  }
  if (settled.shouldScan) {
    root.changes.addScan();
  }
}
