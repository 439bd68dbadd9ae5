import { lstat, realpath } from 'node:fs/promises';
import { type FailureCode, notIndexedAs } from '../domain/failure.ts';
import { readableBytes } from '../domain/readable-bytes.ts';
import { DEFAULT_ROOT_RULES, type Root, type RootRules } from '../domain/roots.ts';
import type { Place } from '../duplicates/report-question.ts';
import { byLongestRoot } from '../indexer/by-longest-root.ts';
import { type DeviceTable, readDeviceTable } from '../indexer/device-table.ts';
import { scanFolder } from '../indexer/scan-folder.ts';
import { type IgnoreReason, ignoreRule, PassedOverFinder } from '../indexer/scan-rules.ts';
import type { Library } from './library.ts';
import { realPlace } from './real-place.ts';

/**
 * Why a file that lies in a split is compared with nothing: it could not be read; the library does not know it; it is a
 * symbolic link that was not followed, or whose file has another name; it is a folder that cannot be listed.
 */
export type GapReason = 'failed' | 'not-indexed' | 'link' | 'unlisted';

/** A file or folder of a split that is compared with nothing. */
export interface SplitGap {
  readonly path: string;
  readonly why: GapReason;
  /** Of a failure. */
  readonly code: FailureCode | null;
  /** A sentence; null where the reason says it all. */
  readonly message: string | null;
}

/** What lies in a split and is compared with nothing. */
export interface SplitGaps {
  readonly counts: Readonly<Record<GapReason, number>>;
  /** The first thousand of them, as they were met. */
  readonly gaps: readonly SplitGap[];
  /** How many names the rules of the indexed folder pass over, by reason. */
  readonly passedOver: Readonly<Partial<Record<IgnoreReason, number>>>;
  /** Files that are no pictures. */
  readonly others: number;
}

const MOST_NAMED = 1_000;

/**
 * Looks on the disk what lies in splits and is not compared.
 * @param splits what lies in one inside another belongs to that alone
 * @returns of each split, in their order
 * @throws EideticError CATALOG_*; the signal's reason
 */
export async function findSplitGaps(
  { catalog: { files }, config }: Pick<Library, 'catalog' | 'config'>,
  splits: readonly Place[],
  signal: AbortSignal,
): Promise<SplitGaps[]> {
  const roots = await files.roots();
  const parts: GapParts = {
    ...{ files, signal, devices: readDeviceTable(), rulesAt: rulesOf(roots) },
    ...{ ownFolders: new Set([realPlace(config.library)]), splitPaths: splits.flatMap(({ paths }) => paths) },
  };
  const found: SplitGaps[] = [];
  for (const split of splits) {
    found.push(await gapsOf(split, parts));
  }
  return addMessages(found, files, signal);
}

/** What the library has written down of the failures that are named. */
async function addMessages(
  found: readonly SplitGaps[],
  files: GapParts['files'],
  signal: AbortSignal,
): Promise<SplitGaps[]> {
  const named = found
    .flatMap(({ gaps }) => gaps)
    .filter(({ message, why }) => why === 'failed' && message === null);
  const paths = new Set(named.map(({ path }) => path));
  const messages = new Map<string, string>();
  if (paths.size > 0) {
    for await (const { stamp, message } of files.failures()) {
      signal.throwIfAborted();
      if (paths.has(stamp.path)) {
        messages.set(stamp.path, message);
      }
    }
  }
  const withMessage = (gap: SplitGap) => ({ ...gap, message: gap.message ?? messages.get(gap.path) ?? null });
  return found.map(({ counts, gaps, passedOver, others }) => {
    return { counts, gaps: gaps.map(withMessage), passedOver, others };
  });
}

interface GapParts extends Pick<Library['catalog'], 'files'> {
  readonly signal: AbortSignal;
  readonly devices: DeviceTable;
  readonly rulesAt: ReturnType<typeof rulesOf>;
  readonly ownFolders: ReadonlySet<string>;
  readonly splitPaths: readonly string[];
}

/** The rules of the root that a path lies in, and what they pass over. */
function rulesOf(roots: readonly Root[]) {
  const of = ({ path, rules }: Pick<Root, 'path' | 'rules'>) => {
    const all: RootRules = rules ?? DEFAULT_ROOT_RULES;
    return { rules: all, passedOver: new PassedOverFinder(ignoreRule(all, new Set()), path) };
  };
  return byLongestRoot(new Map(roots.map((root) => [root.path, of(root)])), null);
}

async function gapsOf({ name, paths }: Place, parts: GapParts): Promise<SplitGaps> {
  const found = new FoundGaps();
  const there: string[] = [];
  for (const path of paths) {
    if (await isThere(path)) {
      there.push(path);
    }
  }
  if (there.length === 0) {
    found.add(paths[0] ?? name, 'unlisted', null, 'it is not there');
  }
  for (const path of there) {
    await scanSplit(path, parts, found);
  }
  return found;
}

async function scanSplit(path: string, parts: GapParts, found: FoundGaps): Promise<void> {
  const { devices, ownFolders, rulesAt, splitPaths, files, signal } = parts;
  const { rules = DEFAULT_ROOT_RULES } = rulesAt(path) ?? {};
  const passedOverAt = (at: string) => rulesAt(at)?.passedOver.at(at, false)?.reason ?? null;
  const target = {
    // What is excluded is told by its path below the root, which begins further up.
    ...{ path, rules: { ...rules, exclude: [] }, ownFolders },
    innerRoots: new Set(splitPaths.filter((other) => other !== path)),
  };
  const scan = scanFolder(target, devices, {
    onListed() {},
    onSeenAlready() {},
    onIgnored(reason, at) {
      const isLink = reason === 'symbolic link' || reason === 'seen already';
      const passedOver = isLink ? passedOverAt(at) : reason;
      if (passedOver === null) {
        found.add(at, 'link', null, null);
      } else {
        found.passOver(passedOver);
      }
    },
    onUnlistable: async (at, problem) => found.add(at, 'unlisted', null, problem),
    onBadName: async ({ rawPath }) =>
      found.add(
        readableBytes(rawPath),
        'failed',
        'IMAGE_UNREADABLE',
        'Its name is not valid UTF-8; rename it.',
      ),
  });
  for await (const file of scan) {
    signal.throwIfAborted();
    const excluded = passedOverAt(file.path);
    const known = await files.knownFile(file.path, []);
    if (known?.failure != null) {
      found.addFailure(file.path, known.failure.code);
    } else if (known === null && excluded !== null) {
      found.passOver(excluded);
    } else if (known === null && file.stamp === null) {
      found.add(file.path, 'failed', 'IMAGE_UNREADABLE', `It cannot be looked at: ${file.problem}.`);
    } else if (known === null) {
      found.add(file.path, (await isReachedByLink(file.path)) ? 'link' : 'not-indexed', null, null);
    }
  }
}

class FoundGaps implements SplitGaps {
  readonly counts = { failed: 0, 'not-indexed': 0, link: 0, unlisted: 0 };
  readonly gaps: SplitGap[] = [];
  readonly passedOver: Partial<Record<IgnoreReason, number>> = {};
  others = 0;

  add(path: string, why: GapReason, code: FailureCode | null, message: string | null): void {
    this.counts[why]++;
    if (this.gaps.length < MOST_NAMED) {
      this.gaps.push({ path, why, code, message });
    }
  }

  addFailure(path: string, code: FailureCode): void {
    if (notIndexedAs({ code }) === 'other') {
      this.others++;
    } else {
      this.add(path, 'failed', code, null);
    }
  }

  passOver(reason: IgnoreReason): void {
    this.passedOver[reason] = (this.passedOver[reason] ?? 0) + 1;
  }
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Whether it or a folder on its way is a symbolic link. */
function isReachedByLink(path: string): Promise<boolean> {
  return realpath(path).then(
    (real) => real !== path,
    () => false,
  );
}
