import type { Embedding } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import { notIndexedAs } from '../domain/failure.ts';
import type { ContentHash } from '../domain/picture.ts';
import { asCompleted } from '../indexer/as-completed.ts';
import { type DeviceTable, readDeviceTable } from '../indexer/device-table.ts';
import { OpenFile } from '../indexer/open-file.ts';
import { outermostFolders } from '../indexer/outermost-folders.ts';
import { listFilesBelow, type PathProblem } from './list-files-below.ts';
import type { PictureLook, PictureLooks } from './picture-looks.ts';
import { positions } from './positions.ts';

/** A picture of a folder, in memory; of files with the same bytes the first by path. */
export interface LookedPicture extends PictureLook {
  readonly path: string;
  readonly contentHash: ContentHash;
}

/** What lies in folders. Every file in them is in one of these, or was passed over. */
export interface LookedFolders {
  /** Absolute. */
  readonly folders: readonly string[];
  /** By folder and path. */
  readonly pictures: readonly LookedPicture[];
  /** Files with the same bytes as a picture before them. */
  readonly identical: ReadonlyArray<{ readonly path: string; readonly as: string }>;
  /** Files and folders that could not be read. */
  readonly failures: readonly PathProblem[];
  /** Pictures in formats that are not read. */
  readonly unsupported: readonly PathProblem[];
  /** Files that the evaluation has no use for, by their names; not looked at. */
  readonly unused: readonly string[];
  /** How many files are no pictures. */
  readonly otherFiles: number;
  /** How many names were passed over, by reason. */
  readonly passedOver: Readonly<Record<string, number>>;
}

/** Told as files are looked at. */
export interface LookProgress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Of the file that was just looked at. */
  readonly failure: PathProblem | null;
}

interface FolderSettings {
  /** The library's folder, which is not entered; it need not be there. */
  readonly library: string;
  readonly limits: { readonly maxBytes: number };
  /** See PictureLooks.look. */
  readonly withGray: boolean;
  /** Given the paths of all files before any is read, says which to look at, or refuses what cannot come to anything. */
  readonly choosePaths: (paths: readonly string[], folders: readonly string[]) => readonly string[];
}

/**
 * Looks at every picture below folders, by the rules of an index run without flags; nothing is written. Whatever goes
 * wrong with a file is that file's failure.
 * @throws EideticError NOT_FOUND, INVALID_INPUT for a folder that cannot be listed; MODEL_UNAVAILABLE; the signal's reason
 */
export async function lookAtFolders(
  named: readonly string[],
  looks: PictureLooks,
  { library, limits, withGray, choosePaths }: FolderSettings,
  onProgress: (progress: LookProgress) => void,
  signal: AbortSignal,
): Promise<LookedFolders> {
  const folders = await outermostFolders(named, []);
  const devices = await readDeviceTable();
  const list = await listFilesBelow(folders, { library, devices, purpose: 'evaluate' }, signal);
  const { problems } = list;
  const paths = choosePaths(list.paths, folders);
  const chosen = new Set(paths);
  const unused = list.paths.filter((path) => !chosen.has(path));
  const total = paths.length + problems.length;
  const found = new Array<LookedPicture | PathProblem>(paths.length);
  const known = new Map<ContentHash, Promise<PictureLook>>();
  let failed = problems.length;
  let done = problems.length;
  for (const failure of problems) {
    onProgress({ done, total, failed, failure });
  }
  const look = async (at: number) => {
    found[at] = await orProblem(paths[at] as string, () =>
      lookAt(paths[at] as string, { devices, looks, known, maxBytes: limits.maxBytes, withGray, signal }),
    );
    return found[at];
  };
  for await (const file of asCompleted(positions(paths.length, signal), look, looks.parallelism)) {
    const failure = 'code' in file && notIndexedAs(file) === 'failed' ? file : null;
    failed += failure === null ? 0 : 1;
    onProgress({ done: ++done, total, failed, failure });
  }
  return { folders, ...sort(found, problems), unused, passedOver: Object.fromEntries(list.passedOver) };
}

/** Every file that could be read, by folder and path, also those with the same bytes as another. */
export function filesOf({ pictures, identical }: LookedFolders): LookedPicture[] {
  const byPath = new Map(pictures.map((picture) => [picture.path, picture]));
  const again = identical.map(({ path, as }) => ({ ...(byPath.get(as) as LookedPicture), path }));
  return [...pictures, ...again].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The vector of each picture for one contender. @param contender its position */
export function vectorsOf(pictures: readonly LookedPicture[], contender: number): Embedding[] {
  return pictures.map(({ vectors }) => vectors[contender] as Embedding);
}

/** `3 different pictures (2 files could not be read)`. */
export function describeFound({ pictures, failures }: LookedFolders): string {
  const unread = failures.length === 0 ? '' : ` (${failures.length} files could not be read)`;
  return `${pictures.length} different pictures${unread}`;
}

/** Reads a picture again. @throws EideticError IMAGE_UNREADABLE when it is not what it was */
export async function readAgain(
  { path, contentHash }: Pick<LookedPicture, 'path' | 'contentHash'>,
  maxBytes: number,
): Promise<Uint8Array> {
  const file = await OpenFile.open(path, UNKNOWN_DEVICES);
  try {
    const read = await file.readWhole(maxBytes);
    if (read.contentHash !== contentHash) {
      throw new EideticError(
        'IMAGE_UNREADABLE',
        'The file changed since it was looked at; run the evaluation again when nobody writes to it.',
      );
    }
    return read.bytes;
  } finally {
    await file.close();
  }
}

/** Makes what a file met that file's problem. @throws what no other file would fare better with */
export async function orProblem<Result>(
  path: string,
  work: () => Promise<Result>,
): Promise<Result | PathProblem> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EideticError && !ENDS_ALL.includes(error.code)) {
      return { path, code: error.code, message: error.message };
    }
    throw error;
  }
}

const ENDS_ALL: readonly string[] = [
  ...['MODEL_UNAVAILABLE', 'MODEL_MISMATCH', 'INDEX_UNUSABLE'],
  ...['CATALOG_CLOSED', 'CATALOG_BUSY', 'CATALOG_DAMAGED'],
];

const UNKNOWN_DEVICES: DeviceTable = { identityOf: () => null };

interface LookParts {
  readonly devices: DeviceTable;
  readonly looks: PictureLooks;
  /** By content: what is being looked at, or was. */
  readonly known: Map<ContentHash, Promise<PictureLook>>;
  readonly maxBytes: number;
  readonly withGray: boolean;
  readonly signal: AbortSignal;
}

async function lookAt(path: string, parts: LookParts): Promise<LookedPicture | PathProblem> {
  const { devices, looks, known, maxBytes, withGray, signal } = parts;
  const file = await OpenFile.open(path, devices);
  try {
    const verdict = looks.judgeFile({ path, bytes: file.start, wasPicture: false });
    if (verdict !== null) {
      return { path, ...verdict };
    }
    const { bytes, contentHash } = await file.readWhole(maxBytes);
    const look = known.get(contentHash) ?? looks.look(bytes, withGray, signal);
    known.set(contentHash, look);
    return { path, contentHash, ...(await look) };
  } finally {
    await file.close();
  }
}

function sort(found: readonly (LookedPicture | PathProblem)[], problems: readonly PathProblem[]) {
  const first = new Map<ContentHash, LookedPicture>();
  const identical: Array<{ path: string; as: string }> = [];
  const rest: PathProblem[] = [...problems];
  for (const file of found) {
    if ('code' in file) {
      rest.push(file);
    } else {
      const same = first.get(file.contentHash);
      if (same === undefined) {
        first.set(file.contentHash, file);
      } else {
        identical.push({ path: file.path, as: same.path });
      }
    }
  }
  return {
    pictures: [...first.values()],
    identical,
    failures: rest.filter((problem) => notIndexedAs(problem) === 'failed'),
    unsupported: rest.filter((problem) => notIndexedAs(problem) === 'unsupported'),
    otherFiles: rest.filter((problem) => notIndexedAs(problem) === 'other').length,
  };
}
