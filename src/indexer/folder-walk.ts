import { realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';
import { describeSystemError, isAbsent } from '../domain/describe-system-error.ts';
import { isAtOrBelow, pathBelow, withSeparator } from '../domain/is-below.ts';
import type { FileLook } from './file-look.ts';
import { FileLooks, type LookAnswer } from './file-looks.ts';
import {
  type EntryKind,
  type FolderListing,
  isStillThere,
  listFolder,
  type RawEntry,
} from './list-folder.ts';
import type { ScanReport } from './scan-report.ts';
import { type IgnoreReason, type IgnoreRule, PassedOverFinder } from './scan-rules.ts';
import type { ScanTarget } from './scan-target.ts';
import { textOfName } from './text-of-name.ts';

/** A folder to scan. */
export interface Folder {
  readonly path: string;
  /** Whether a link led to it. */
  readonly isLinked: boolean;
}

/** A name that was looked at: what is there, or why nobody knows. */
export type LookedName = Folder & ({ readonly look: FileLook } | { readonly problem: string });

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

/** Names that are looked at together. */
interface Batch {
  readonly names: readonly Name[];
  /** Path of their folder, with a separator at its end. */
  readonly before: string;
  readonly texts: readonly string[];
  readonly answers: Promise<readonly LookAnswer[]>;
}

/** A folder that the walk stands in. */
interface OpenFolder extends Folder {
  readonly listing: Pick<FolderListing, 'path' | 'identity'>;
  readonly names: readonly Name[];
  /** Names that are looked at, or were. */
  begun: number;
  /** Looks that were asked for before those at hand were used; never refused. */
  ahead: Batch | null;
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
  readonly #looks: FileLooks;
  readonly #open: OpenFolder[] = [];

  constructor(scan: RunningScan) {
    this.#scan = scan;
    this.#looks = new FileLooks(scan.target.rules.followSymlinks);
  }

  close(): Promise<void> {
    return this.#looks.close();
  }

  /** What is in a folder comes next. */
  async enter(folder: Folder): Promise<void> {
    const listing = await this.#list(folder.path);
    if (listing !== null) {
      const names = await namesToScan(folder, listing, this.#scan);
      const { path, identity } = listing;
      this.#open.push({
        ...folder,
        listing: { path, identity },
        names,
        begun: 0,
        ahead: null,
        looked: [],
        taken: 0,
      });
    }
  }

  /** Looks at the next names. @returns false when there are no more */
  async lookOn(): Promise<boolean> {
    for (let folder = this.#open.at(-1); folder !== undefined; folder = this.#open.at(-1)) {
      if (folder.taken < folder.looked.length) {
        return true;
      }
      if (folder.ahead !== null || folder.begun < folder.names.length) {
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
    const { names, before, texts, answers } = folder.ahead ?? this.#begin(folder);
    const found = await answers;
    folder.ahead = this.#looks.isAhead && folder.begun < folder.names.length ? this.#begin(folder) : null;
    const looked: LookedName[] = [];
    for (const [i, name] of names.entries()) {
      const answer = found[i] as LookAnswer;
      const path = before + texts[i];
      const isLinked = name.isLink || folder.isLinked;
      if ('look' in answer) {
        looked.push({ path, isLinked, look: answer.look });
      } else {
        looked.push(...(await this.#unseen(name, { path, isLinked }, answer.error, folder.listing)));
      }
    }
    folder.looked = looked;
    folder.taken = 0;
  }

  #begin(folder: OpenFolder): Batch {
    const names = folder.names.slice(folder.begun, folder.begun + this.#looks.atOnce);
    folder.begun += names.length;
    const texts = names.map(({ key, isFolder }) => (isFolder ? key.slice(0, -1) : key));
    const before = withSeparator(folder.path);
    return { names, before, texts, answers: this.#looks.at(before, texts) };
  }

  /** None when it has gone since it was listed, nor of a folder that nobody can look at. */
  async #unseen(
    { isFolder, isLink }: Name,
    place: Folder,
    error: unknown,
    listing: OpenFolder['listing'],
  ): Promise<LookedName[]> {
    // A folder whose file system went away has none of its names either; and a link is there, whatever it leads to.
    if (isAbsent(error) && !isLink && (await isStillThere(listing))) {
      return [];
    }
    const problem = describeSystemError(error);
    if (isFolder) {
      await this.#scan.report.onUnlistable(place.path, problem);
      return [];
    }
    return [{ ...place, problem }];
  }
}

async function namesToScan(folder: Folder, listing: FolderListing, scan: RunningScan): Promise<Name[]> {
  const { innerRoots } = scan.target;
  const before = withSeparator(folder.path);
  const belowRoot = pathBelow(scan.target.path, before);
  for (const { name, kind } of listing.rawEntries) {
    await passBadName({ before, belowRoot, name, kind }, scan);
  }
  const names: Name[] = [];
  for (const { name, kind } of listing.entries) {
    const path = before + name;
    const isLink = kind === 'link';
    const isFolder = kind === 'folder' || (isLink && (await leadsToFolder(path, scan)));
    const reason =
      ignoreReason(kind, path, belowRoot + name, isFolder, scan) ??
      (isLink && (await seenAlready(path, isFolder, scan)));
    if (reason) {
      scan.report.onIgnored(reason, path);
    } else if (innerRoots.size === 0 || !innerRoots.has(path)) {
      names.push({ key: isFolder ? name + sep : name, isFolder, isLink });
    }
  }
  return names.sort((a, b) => comparePaths(a.key, b.key));
}

function ignoreReason(
  kind: EntryKind,
  path: string,
  pathBelowRoot: string,
  isFolder: boolean,
  { target, rule }: RunningScan,
): IgnoreReason | null {
  if (kind === 'link' && !target.rules.followSymlinks) {
    return 'symbolic link';
  }
  return kind === 'special' ? 'special file' : rule(path, pathBelowRoot, isFolder);
}

/** Rules go by how it looks. */
async function passBadName(
  { before, belowRoot, name, kind }: RawEntry & { readonly before: string; readonly belowRoot: string },
  scan: RunningScan,
): Promise<void> {
  const text = name.toString('utf8');
  const shown = before + text;
  const isFolder = kind === 'folder';
  const reason = ignoreReason(kind, shown, belowRoot + text, isFolder, scan);
  if (reason === null) {
    const rawPath = Buffer.concat([Buffer.from(before), name]);
    await scan.report.onBadName({ rawPath, shown, isFolder });
  } else {
    scan.report.onIgnored(reason, shown);
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
