import type { BigIntStats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';
import { isAtOrBelow, pathBelow, withSeparator } from '../domain/is-below.ts';
import { describeSystemError, isAbsent } from './describe-system-error.ts';
import {
  type FolderEntry,
  type FolderListing,
  isStillThere,
  listFolder,
  type RawEntry,
} from './list-folder.ts';
import type { ScanReport } from './scan-report.ts';
import { type IgnoreReason, type IgnoreRule, PassedOverFinder } from './scan-rules.ts';
import type { ScanTarget } from './scan-target.ts';
import { textOfName } from './text-of-name.ts';

/** How many names are looked at together: stat waits for the disk, not for a core. */
const STATS_AT_ONCE = 64;

/** A folder to scan. */
export interface Folder {
  readonly path: string;
  /** Whether a link led to it. */
  readonly isLinked: boolean;
}

/** A name that was looked at: what is there, or why nobody knows. */
export type LookedName = Folder & ({ readonly stats: BigIntStats } | { readonly problem: string });

export interface RunningScan {
  readonly target: ScanTarget;
  readonly rule: IgnoreRule;
  readonly report: ScanReport;
}

/** A name to look at. */
interface Name {
  /** By which names are sorted: a folder as if its separator were part of its name, as its files' paths do. */
  readonly key: string;
  readonly isFolder: boolean;
  readonly isLink: boolean;
}

/** A folder that the walk stands in. */
interface OpenFolder extends Folder {
  readonly listing: Pick<FolderListing, 'path' | 'identity'>;
  readonly names: readonly Name[];
  /** Names looked at so far. */
  reached: number;
  /** Of those, what is not taken yet. */
  looked: readonly LookedName[];
  taken: number;
}

/**
 * Walks through folders, name by name in the order of the bytes of their paths. The folders that it stands in are a
 * list and no recursion: what a file costs must not grow with its depth.
 */
export class FolderWalk {
  readonly #scan: RunningScan;
  readonly #open: OpenFolder[] = [];

  constructor(scan: RunningScan) {
    this.#scan = scan;
  }

  /** What is in a folder comes next. */
  async enter(folder: Folder): Promise<void> {
    const listing = await this.#list(folder.path);
    if (listing !== null) {
      const names = await namesToScan(folder, listing, this.#scan);
      const { path, identity } = listing;
      this.#open.push({ ...folder, listing: { path, identity }, names, reached: 0, looked: [], taken: 0 });
    }
  }

  /** Looks at the next names. @returns false when there are no more */
  async lookOn(): Promise<boolean> {
    for (let folder = this.#open.at(-1); folder !== undefined; folder = this.#open.at(-1)) {
      if (folder.taken < folder.looked.length) {
        return true;
      }
      if (folder.reached < folder.names.length) {
        await this.#lookIn(folder);
      } else {
        this.#open.pop();
      }
    }
    return false;
  }

  /** The next of the names that were looked at; null when others are to be looked at first. */
  next(): LookedName | null {
    const folder = this.#open.at(-1);
    return folder?.looked[folder.taken++] ?? null;
  }

  async #list(folder: string): Promise<FolderListing | null> {
    try {
      const listing = await listFolder(folder);
      this.#scan.report.onListed(folder);
      return listing;
    } catch (error) {
      await this.#scan.report.onUnlistable(folder, describeSystemError(error));
      return null;
    }
  }

  async #lookIn(folder: OpenFolder): Promise<void> {
    const names = folder.names.slice(folder.reached, folder.reached + STATS_AT_ONCE);
    const looks = await Promise.all(names.map((name) => this.#look(name, folder)));
    const looked: LookedName[] = [];
    for (const [i, look] of looks.entries()) {
      if (look !== null && 'problem' in look && names[i]?.isFolder) {
        await this.#scan.report.onUnlistable(look.path, look.problem);
      } else if (look !== null) {
        looked.push(look);
      }
    }
    folder.reached += names.length;
    folder.looked = looked;
    folder.taken = 0;
  }

  /** Null when it has gone since it was listed. */
  async #look({ key, isFolder, isLink }: Name, folder: OpenFolder): Promise<LookedName | null> {
    const path = withSeparator(folder.path) + (isFolder ? key.slice(0, -1) : key);
    const isLinked = isLink || folder.isLinked;
    const lookAt = this.#scan.target.rules.followSymlinks ? stat : lstat;
    try {
      return { path, isLinked, stats: await lookAt(path, { bigint: true }) };
    } catch (error) {
      // A folder whose file system went away has none of its names either; and a link is there, whatever it leads to.
      const hasGone = isAbsent(error) && !isLink && (await isStillThere(folder.listing));
      return hasGone ? null : { path, isLinked, problem: describeSystemError(error) };
    }
  }
}

async function namesToScan(folder: Folder, listing: FolderListing, scan: RunningScan): Promise<Name[]> {
  const before = withSeparator(folder.path);
  for (const entry of listing.rawEntries) {
    await passBadName(before, entry, scan);
  }
  const names: Name[] = [];
  for (const entry of listing.entries) {
    const { name, kind } = entry;
    const path = before + name;
    const isLink = kind === 'link';
    const isFolder = kind === 'folder' || (isLink && (await leadsToFolder(path, scan)));
    const reason =
      ignoreReason(entry, path, isFolder, scan) ?? (isLink && (await seenAlready(path, isFolder, scan)));
    if (reason) {
      scan.report.onIgnored(reason);
    } else if (!scan.target.innerRoots.has(path)) {
      names.push({ key: isFolder ? name + sep : name, isFolder, isLink });
    }
  }
  return names.sort((a, b) => comparePaths(a.key, b.key));
}

function ignoreReason(
  { kind }: Pick<FolderEntry, 'kind'>,
  path: string,
  isFolder: boolean,
  { target, rule }: RunningScan,
): IgnoreReason | null {
  if (kind === 'link' && !target.rules.followSymlinks) {
    return 'symbolic link';
  }
  return kind === 'special' ? 'special file' : rule(path, pathBelow(target.path, path), isFolder);
}

/** Rules go by how it looks. */
async function passBadName(before: string, { name, kind }: RawEntry, scan: RunningScan): Promise<void> {
  const shown = before + name.toString('utf8');
  const isFolder = kind === 'folder';
  const reason = ignoreReason({ kind }, shown, isFolder, scan);
  if (reason === null) {
    const rawPath = Buffer.concat([Buffer.from(before), name]);
    await scan.report.onBadName({ rawPath, shown, isFolder });
  } else {
    scan.report.onIgnored(reason);
  }
}

async function leadsToFolder(path: string, scan: RunningScan): Promise<boolean> {
  if (!scan.target.rules.followSymlinks) {
    return false;
  }
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** Whether what a link leads to is reached without a link too. */
async function seenAlready(link: string, isFolder: boolean, scan: RunningScan): Promise<IgnoreReason | null> {
  const { target, rule, report } = scan;
  const real = await realpath(link, { encoding: 'buffer' }).catch(() => null);
  // What lies below a name that is not UTF-8 is reached by the link alone.
  const path = real && textOfName(real);
  if (path === null || !isAtOrBelow(path, target.path)) {
    return null;
  }
  const isOfAnother = [...target.innerRoots].some((inner) => isAtOrBelow(path, inner));
  if (isOfAnother || new PassedOverFinder(rule, target.path).at(path, isFolder) !== null) {
    return null;
  }
  report.onSeenAlready(link);
  return 'seen already';
}
