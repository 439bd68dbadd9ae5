import { ABOVE_ALL, type CopyWish, chooseCopies } from '../copies/choose-copies.ts';
import type { CopyLine, ScoredPair } from '../domain/copy-line.ts';
import type { DescribedPicture } from '../domain/descriptor.ts';
import { type FailureCode, notIndexedAs } from '../domain/failure.ts';
import type { FileStamp } from '../domain/picture.ts';
import type { CatalogPicture, PictureFile } from '../domain/picture-catalog.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import type { PathLook } from '../duplicates/path-look.ts';
import { asCompleted } from '../indexer/as-completed.ts';
import { ByteBudget } from '../indexer/byte-budget.ts';
import { type DeviceTable, readDeviceTable } from '../indexer/device-table.ts';
import { OpenFile, type ReadFile } from '../indexer/open-file.ts';
import { outermostFolders } from '../indexer/outermost-folders.ts';
import { type AskedPicture, askedOfBytes, askedOfLibrary } from './asked-picture.ts';
import { type ExpectedCopies, expectedCopies } from './expected-copies.ts';
import type { Library } from './library.ts';
import { listFilesBelow, type PathProblem } from './list-files-below.ts';
import { orProblem } from './look-at-folders.ts';
import { lookAtPaths } from './look-at-paths.ts';
import { matchPicture } from './match-picture.ts';
import { MATCH_RELATIONS, matchesAt, type PictureMatch, type PictureMatches } from './picture-match.ts';
import { positions } from './positions.ts';

/** A picture of the library that a checked file is a copy of, or may be, or another shot of its scene. */
export interface CheckedMatch extends Omit<PictureMatch, 'picture' | 'evidence' | 'scored'> {
  readonly id: CatalogPicture['id'];
  /** A file of it, one that is there now as it was indexed if there is any; never the checked file itself. */
  readonly path: string;
  readonly look: PathLook['kind'];
}

/** A picture that was looked for in the library. */
export interface CheckedPicture {
  readonly path: string;
  /** `own`: the library has this very file, and found no copy of it elsewhere; `new`: nothing was found. */
  readonly kind: 'copy' | 'unsure' | 'own' | 'new';
  /** Whether the library has this very file, by this path or another name of it. */
  readonly isInLibrary: boolean;
  /** See PictureMatches. */
  readonly matches: readonly CheckedMatch[];
  readonly lookedAt: number;
  readonly unknown: number;
}

/** What became of a file. */
export type CheckedFile =
  | CheckedPicture
  /** It cannot be read, or is a picture in a format that is not. */
  | { readonly path: string; readonly kind: 'failed'; readonly code: FailureCode; readonly message: string }
  /** It is no picture. */
  | { readonly path: string; readonly kind: 'other' };

/** Told as files are checked. */
export interface CheckProgress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
}

/** Who is told what. */
export interface CheckListener {
  /** Each file once, by folder and path; folders that cannot be listed come first. */
  readonly onChecked: (file: CheckedFile) => Promise<void>;
  readonly onProgress: (progress: CheckProgress) => void;
}

/** Where the line was drawn, what was not checked, and not compared with. */
export interface CheckedScope {
  /** What the line came to among the pairs that were looked at; null where none was. */
  readonly expected: ExpectedCopies | null;
  /** How many names were passed over, by reason. */
  readonly passedOver: Readonly<Record<string, number>>;
  /** Files of the library that no model has described, so that only their bytes were compared. */
  readonly undescribedFiles: number;
}

/** Bytes of picture files in memory at once; one larger file is read alone. */
const BYTES_AT_ONCE = 256 * 1024 * 1024;

/**
 * Looks for every picture at or below paths in a library, by the rules of an index run without flags; nothing is
 * changed. Files are not compared with each other. Whatever goes wrong with a file is that file's failure.
 * @param wish one by a score is kept as files come; any other is about all pairs, so that files are told when all were looked
 *   at, and none is done with at its first copy
 * @throws EideticError NOT_FOUND for a path that is not there; MODEL_UNAVAILABLE; CATALOG_*; the signal's reason
 */
export async function checkFiles(
  library: Library,
  named: readonly string[],
  wish: CopyWish,
  { onChecked, onProgress }: CheckListener,
  signal: AbortSignal,
): Promise<CheckedScope> {
  const { catalog, config, spaces } = library;
  const roots = (await catalog.files.roots()).map(({ path }) => path);
  const devices = await readDeviceTable();
  const listing = { library: config.library, devices, purpose: 'check' };
  const list = await listFilesBelow(await outermostFolders(named, roots), listing, signal);
  const { index } = await spaces.forCopies.index.current();
  const leastScore = wish.by === 'score' ? wish.least : ABOVE_ALL;
  const parts = { library, index, devices, budget: new ByteBudget(BYTES_AT_ONCE), leastScore, signal };
  const total = list.paths.length + list.problems.length;
  let [done, failed] = [0, 0];
  const pairs: ScoredPair[] = [];
  const held: LookedFile[] = [];

  async function take(looked: LookedFile): Promise<void> {
    if (looked.kind === 'looked') {
      pairs.push(...looked.found.looked);
    }
    if (wish.by === 'score') {
      await onChecked(await toChecked(library, looked));
    } else {
      held.push(looked);
    }
    onProgress({ done: ++done, total, failed: looked.kind === 'failed' ? ++failed : failed });
  }

  for (const problem of list.problems) {
    await take({ kind: 'failed', ...problem });
  }
  const check = async (at: number) => ({ at, file: await checkOrFail(list.paths[at] as string, parts) });
  const checked = asCompleted(positions(list.paths.length, signal), check, library.embedder().parallelism);
  const early = new Map<number, LookedFile>();
  let next = 0;
  for await (const { at, file } of checked) {
    signal.throwIfAborted();
    early.set(at, file);
    for (let inTurn = early.get(next); inTurn !== undefined; inTurn = early.get(next)) {
      early.delete(next++);
      await take(inTurn);
    }
  }
  const choice = chooseCopies(pairs, wish);
  for (const looked of held) {
    signal.throwIfAborted();
    await onChecked(await toChecked(library, drawnAt(looked, choice)));
  }
  return {
    expected: pairs.length === 0 ? null : await expectedCopies(library, choice),
    passedOver: Object.fromEntries(list.passedOver),
    undescribedFiles: await catalog.files.countWithout(spaces.forCopies.space.modelKey),
  };
}

interface CheckParts {
  readonly library: Library;
  /** Of the library's space for copies. */
  readonly index: VectorIndex;
  readonly devices: DeviceTable;
  readonly budget: ByteBudget;
  readonly leastScore: number;
  readonly signal: AbortSignal;
}

/** A picture that was looked for, with what was found as it was found. */
interface LookedPicture {
  readonly kind: 'looked';
  readonly path: string;
  readonly isInLibrary: boolean;
  readonly isOwn: (file: PictureFile) => boolean;
  readonly found: PictureMatches;
}

type LookedFile = LookedPicture | Exclude<CheckedFile, CheckedPicture>;

function drawnAt(looked: LookedFile, line: CopyLine): LookedFile {
  return looked.kind === 'looked' ? { ...looked, found: matchesAt(looked.found, line) } : looked;
}

async function toChecked(library: Library, looked: LookedFile): Promise<CheckedFile> {
  if (looked.kind !== 'looked') {
    return looked;
  }
  const { path, isInLibrary, isOwn, found } = looked;
  return {
    ...{ path, isInLibrary, lookedAt: found.lookedAt, unknown: found.unknown },
    kind: found.verdict !== 'none' ? found.verdict : isInLibrary ? 'own' : 'new',
    matches: await whereTheyAre(library, found.matches, isOwn),
  };
}

async function checkOrFail(path: string, parts: CheckParts): Promise<LookedFile> {
  const checked = await orProblem(path, () => checkFile(path, parts));
  return 'kind' in checked ? checked : asChecked(checked);
}

function asChecked(problem: PathProblem): Exclude<CheckedFile, CheckedPicture> {
  return notIndexedAs(problem) === 'other'
    ? { kind: 'other', path: problem.path }
    : { kind: 'failed', ...problem };
}

async function checkFile(path: string, parts: CheckParts): Promise<LookedFile> {
  const { library, devices, budget } = parts;
  const file = await OpenFile.open(path, devices);
  try {
    const verdict = library.embedder().judgeFile({ path, bytes: file.start, wasPicture: false });
    if (verdict !== null) {
      return asChecked({ path, ...verdict });
    }
    return await budget.spend(file.stamp.sizeBytes, async () =>
      checkPicture(await file.readWhole(library.config.limits.maxBytes), parts),
    );
  } finally {
    await file.close();
  }
}

async function checkPicture(
  file: ReadFile,
  { library, index, leastScore, signal }: CheckParts,
): Promise<LookedPicture> {
  const { catalog, spaces } = library;
  const { path } = file.stamp;
  const { modelKey } = spaces.forCopies.space;
  const known = await catalog.files.findByHash(file.contentHash, [modelKey]);
  const [picture] = known === null ? [] : await catalog.pictures.pictures([known.id]);
  const isDescribed = known?.describedBy.includes(modelKey) ?? false;
  const isOwn = (one: PictureFile) => isSameFile(one, file.stamp);
  const asked: AskedPicture = {
    ...askedOfBytes(library, file, (bytes) => describe(library, bytes, signal), signal),
    // What the library knows need not be found out again. It is looked at here all the same: it may have moved.
    ...(picture !== undefined && isDescribed
      ? { describe: askedOfLibrary(library, picture, signal).describe }
      : {}),
    // Also what lay here before and has changed since.
    isItself: ({ files }) => files.every(isOwn),
  };
  const found = await matchPicture(library, index, asked, { stopsAtCopy: true, leastScore }, signal);
  return { kind: 'looked', path, isInLibrary: picture?.files.some(isOwn) ?? false, isOwn, found };
}

function describe(library: Library, bytes: Uint8Array, signal: AbortSignal): Promise<DescribedPicture> {
  return library.embedder().describe(bytes, undefined, signal);
}

/**
 * Whether a file of the library is the one at hand, by its path or as another name of it (a link, a folder mounted
 * twice): who deletes the one deletes the other.
 */
function isSameFile({ path, identity }: PictureFile, stamp: FileStamp): boolean {
  const { device, inode } = stamp;
  return path === stamp.path || (identity !== null && identity === `${device} ${inode}`);
}

/** The matches with a file of each; of those of one relation first the ones that are there. */
async function whereTheyAre(
  library: Library,
  matches: readonly PictureMatch[],
  isOwn: (file: PictureFile) => boolean,
): Promise<CheckedMatch[]> {
  const located: CheckedMatch[] = [];
  for (const { picture, evidence: _, scored: __, ...match } of matches) {
    const paths = picture.files.filter((file) => !isOwn(file)).map(({ path }) => path);
    located.push({ ...match, id: picture.id, ...(await firstThere(library, paths)) });
  }
  const rank = ({ relation, look }: CheckedMatch) =>
    2 * MATCH_RELATIONS.indexOf(relation) + (look === 'there' ? 0 : 1);
  return located.sort((a, b) => rank(a) - rank(b));
}

/** @param paths one or more */
async function firstThere(
  library: Library,
  paths: readonly string[],
): Promise<Pick<CheckedMatch, 'path' | 'look'>> {
  const [first = ''] = paths;
  let look: PathLook['kind'] = 'away';
  for (const path of paths) {
    const { kind } = (await lookAtPaths(library, [path])).get(path) ?? { kind: 'away' };
    if (kind === 'there') {
      return { path, look: kind };
    }
    look = path === first ? kind : look;
  }
  return { path: first, look };
}
