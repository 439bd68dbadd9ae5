import { realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';
import { describeSystemError, isAbsent } from '../domain/describe-system-error.ts';
import { isAtOrBelow, pathBelow, withSeparator } from '../domain/is-below.ts';
import type { FileLook } from './file-look.ts';
import { answerAt, FileLooks, type LookAnswers } from './file-looks.ts';
import type { FoundRun } from './found-files.ts';
import { LaterReport } from './later-report.ts';
import {
  type EntryKind,
  type FolderListing,
  isStillThere,
  listFolder,
  type RawEntry,
} from './list-folder.ts';
import { kindOfPacked } from './packed-looks.ts';
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
  readonly texts: readonly string[];
  readonly answers: Promise<LookAnswers>;
}

/** A batch that was looked at. */
interface LookedBatch extends Omit<Batch, 'answers'> {
  readonly answers: LookAnswers;
  /** The first that was not taken. */
  taken: number;
}

/** A folder that the walk stands in, or will. */
interface OpenFolder extends Folder {
  /** Its path, with a separator at its end. */
  readonly before: string;
  readonly listing: Pick<FolderListing, 'path' | 'identity'>;
  readonly names: readonly Name[];
  /** Names that are looked at, or were. */
  begun: number;
  /** What was asked for before what is at hand was used. */
  readonly ahead: Batch[];
  looked: LookedBatch | null;
}

/** A folder that was listed, and what is to be told of it when its turn comes; null for one that cannot be listed. */
interface PreparedFolder {
  readonly opened: OpenFolder | null;
  readonly report: LaterReport;
}

/** Folders that are listed before the walk comes to them. */
const FOLDERS_AHEAD = 8;

/**
 * Walks through folders, name by name in the order of the bytes of their paths. The folders that it stands in are a
 * list and no recursion: what a file costs must not grow with its depth.
 */
export class FolderWalk {
  readonly #scan: RunningScan;
  readonly #looks: FileLooks;
  readonly #open: OpenFolder[] = [];
  /** Folders that come next, by path. */
  readonly #ahead = new Map<string, Promise<PreparedFolder>>();

  constructor(scan: RunningScan) {
    this.#scan = scan;
    this.#looks = new FileLooks(scan.target.rules.followSymlinks);
  }

  close(): Promise<void> {
    return this.#looks.close();
  }

  /** What is in a folder comes next. */
  async enter(folder: Folder): Promise<void> {
    const preparing = this.#ahead.get(folder.path) ?? this.#prepare(folder);
    this.#ahead.delete(folder.path);
    const { opened, report } = await preparing;
    await report.tell(this.#scan.report);
    if (opened !== null) {
      this.#open.push(opened);
    }
  }

  /** Looks at the next names. @returns false when there are no more */
  async lookOn(): Promise<boolean> {
    for (let folder = this.#open.at(-1); folder !== undefined; folder = this.#open.at(-1)) {
      if (folder.looked !== null && folder.looked.taken < folder.looked.names.length) {
        return true;
      }
      this.#askAhead(folder);
      this.#prepareSiblings();
      const next = folder.ahead.shift();
      if (next === undefined) {
        this.#open.pop();
      } else {
        folder.looked = { ...next, answers: await next.answers, taken: 0 };
      }
    }
    return false;
  }

  /**
   * The next of the names that were looked at: as many files as follow each other, or one name that is anything else;
   * null when others are to be looked at first.
   */
  async next(): Promise<LookedName | FoundRun | null> {
    const folder = this.#open.at(-1);
    const looked = folder?.looked ?? null;
    if (folder === undefined || looked === null) {
      return null;
    }
    const from = looked.taken;
    const to = folder.isLinked ? from : endOfFiles(looked);
    if (to > from) {
      looked.taken = to;
      return { before: folder.before, names: looked.texts, packed: looked.answers.packed, from, to };
    }
    for (; looked.taken < looked.names.length; looked.taken++) {
      const name = await this.#nameAt(looked.taken, looked, folder);
      if (name !== null) {
        looked.taken++;
        return name;
      }
    }
    return null;
  }

  /** Asks about names of a folder until enough is on its way: at least about some, as long as there are any. */
  #askAhead(folder: OpenFolder): void {
    const most = Math.max(1, this.#looks.callsAhead);
    while (folder.ahead.length < most && folder.begun < folder.names.length) {
      const names = folder.names.slice(folder.begun, folder.begun + this.#looks.atOnce);
      folder.begun += names.length;
      const texts = names.map(({ key, isFolder }) => (isFolder ? key.slice(0, -1) : key));
      const answers = this.#looks.at(folder.before, texts);
      folder.ahead.push({ names, texts, answers });
    }
  }

  /** Lists the folders beside the one that the walk stands in, so that nothing waits for that later. */
  #prepareSiblings(): void {
    const around = this.#open.at(-2);
    if (this.#looks.callsAhead === 0 || around?.looked == null || around.isLinked) {
      return;
    }
    const { names, texts, answers, taken } = around.looked;
    for (let at = taken; at < names.length && this.#ahead.size < FOLDERS_AHEAD; at++) {
      const path = around.before + texts[at];
      const { isFolder, isLink } = names[at] as Name;
      if (isFolder && !isLink && isAt(answers, at, 'folder') && !this.#ahead.has(path)) {
        const preparing = this.#prepare({ path, isLinked: false });
        preparing.catch(() => {}); // met by who enters
        this.#ahead.set(path, preparing);
      }
    }
  }

  async #prepare(folder: Folder): Promise<PreparedFolder> {
    const report = new LaterReport();
    const listing = await list(folder.path, report);
    if (listing === null) {
      return { opened: null, report };
    }
    this.#looks.expect(listing.entries.length);
    const names = await namesToScan(folder, listing, { ...this.#scan, report });
    const { path, identity } = listing;
    const before = withSeparator(path);
    const opened: OpenFolder = {
      ...{ ...folder, before, listing: { path, identity } },
      ...{ names, begun: 0, ahead: [], looked: null },
    };
    if (this.#looks.callsAhead > 0) {
      this.#askAhead(opened);
    }
    return { opened, report };
  }

  /** Null when it has gone since it was listed, and for a folder that nobody can look at. */
  async #nameAt(at: number, looked: LookedBatch, folder: OpenFolder): Promise<LookedName | null> {
    const { isFolder, isLink } = looked.names[at] as Name;
    const place = { path: folder.before + looked.texts[at], isLinked: isLink || folder.isLinked };
    const answer = answerAt(looked.answers, at);
    if ('look' in answer) {
      return { ...place, look: answer.look };
    }
    // A folder whose file system went away has none of its names either; and a link is there, whatever it leads to.
    if (isAbsent(answer.error) && !isLink && (await isStillThere(folder.listing))) {
      return null;
    }
    const problem = describeSystemError(answer.error);
    if (isFolder) {
      await this.#scan.report.onUnlistable(place.path, problem);
      return null;
    }
    return { ...place, problem };
  }
}

async function list(folder: string, report: ScanReport): Promise<FolderListing | null> {
  try {
    const listing = await listFolder(folder);
    report.onListed(folder);
    return listing;
  } catch (error) {
    await report.onUnlistable(folder, describeSystemError(error));
    return null;
  }
}

function isAt(answers: LookAnswers, at: number, kind: FileLook['kind']): boolean {
  const answer = answerAt(answers, at);
  return 'look' in answer && answer.look.kind === kind;
}

/** Behind the files that come next in a batch, with no link among them. */
function endOfFiles({ names, answers, taken }: LookedBatch): number {
  let end = taken;
  while (end < names.length && !names[end]?.isLink && kindOfPacked(answers.packed, end) === 'file') {
    end++;
  }
  return end;
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
