import { dirname } from 'node:path';
import { comparePaths } from '../domain/compare-paths.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import { inTurn } from '../domain/in-turn.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { FileStamp, PictureId } from '../domain/picture.ts';
import { type AwayPlace, AwayPlaces } from '../indexer/away-places.ts';
import { byLongestRoot } from '../indexer/by-longest-root.ts';
import type { DeviceTable } from '../indexer/device-table.ts';
import { AbsenceJudge } from '../indexer/judge-absence.ts';
import { ByteRate } from './byte-rate.ts';
import { type CopiesBeside, type CopyParts, GoodCopies } from './good-copies.ts';
import { knownInPathOrder } from './known-in-path-order.ts';
import type { VerifiedSoFar } from './verified-so-far.ts';
import { type ReadOutcome, verifyFile } from './verify-file.ts';

/** A file that is not as it was indexed. */
export type FoundFile =
  | ({ readonly path: string; readonly kind: 'rotten'; readonly stamp: FileStamp } & CopiesBeside)
  | ({ readonly path: string; readonly kind: 'unreadable'; readonly reason: string } & CopiesBeside)
  | { readonly path: string; readonly kind: 'changed'; readonly reason: string };

export interface VerifyProgress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
}

export interface VerifyListener {
  /** Each file that is neither sound nor away, in the order of paths; those that a run before has found come first. */
  readonly onFound: (file: FoundFile) => Promise<void>;
  readonly onProgress: (progress: VerifyProgress) => void;
  /** Called now and then with what another run needs to go on from here. */
  readonly onKept: (soFar: VerifiedSoFar) => Promise<void>;
}

export interface VerifyParts extends Omit<CopyParts, 'isSound'> {
  readonly files: FileLedger;
  readonly devices: DeviceTable;
  /** See ReadParts. */
  readonly isUpload: (path: string) => boolean;
}

export interface VerifyRequest {
  /** Files at or below these alone, absolute; null for all. */
  readonly places: readonly string[] | null;
  /** Bytes a second, above 0; infinite for as fast as it goes. */
  readonly bytesPerSecond: number;
  /** Where a run before has come to. */
  readonly soFar: VerifiedSoFar;
}

/** What came of it; `files` is the sum of the five that follow it. */
export interface VerifyReport {
  /** When the run began, or the one that it goes on with: ISO 8601. */
  readonly beganAt: string;
  /** Files that hold a picture, and were looked at since then. */
  readonly files: number;
  readonly sound: number;
  readonly rotten: number;
  readonly unreadable: number;
  readonly changed: number;
  readonly away: number;
  /** Of the sound: see ReadOutcome. */
  readonly outdated: number;
  /** Of the sound. */
  readonly bytes: number;
  readonly awayPlaces: readonly AwayPlace[];
  /** Whether it was stopped before its end. */
  readonly isStopped: boolean;
}

/** Files read at once: the next one is opened while another is read, and a disk that turns is not sent to and fro. */
const AT_ONCE = 3;

const KEEP_EVERY_MS = 2_000;

/** Paths that another run looks at again. Where more are not sound, it goes on from the last of so many. */
const MOST_AGAIN = 10_000;

const GONE = 'they are not there, and their folder is: moved, renamed or deleted since; index again';

/** What is in a folder counts, whatever rules it came by. */
const ANY_NAME = { exclude: [], includeHidden: true, followSymlinks: true };

const NOTHING_MET = { seenAlready: new Set<string>(), unlistable: new Map<string, string>() };

/**
 * Reads every file that the library has a picture of, in the order of paths, and compares the bytes with those that were
 * indexed. What is not there is away; nothing is changed. Files that are indexed meanwhile may be left to the next run.
 * @throws EideticError CATALOG_*; what the listener throws
 */
export async function verifyFiles(
  parts: VerifyParts,
  request: VerifyRequest,
  listener: VerifyListener,
  signal: AbortSignal,
): Promise<VerifyReport> {
  const run = new VerifyRun(parts, request, listener, signal, await rootOf(parts.files));
  return run.run();
}

/** The path of the root that a path belongs to; null where it was named by itself. */
async function rootOf(files: FileLedger): Promise<(path: string) => string | null> {
  const uploads = await files.uploadsFolder();
  const paths = (await files.roots()).map(({ path }) => path);
  const all = uploads === null ? paths : [...paths, uploads];
  return byLongestRoot<string | null>(new Map(all.map((path) => [path, path])), null);
}

/** Null when somebody wanted an end before it was read. */
type Verified = { readonly path: string; readonly outcome: ReadOutcome | null };

class VerifyRun {
  readonly #parts: VerifyParts;
  readonly #request: VerifyRequest;
  readonly #listener: VerifyListener;
  readonly #signal: AbortSignal;
  readonly #rootOf: (path: string) => string | null;
  readonly #rate: ByteRate;
  readonly #copies: GoodCopies;
  readonly #away: AwayPlaces;
  /** See VerifiedSoFar. */
  readonly #again: Set<string>;
  readonly #found = { rotten: 0, unreadable: 0, changed: 0 };
  #behind: string | null;
  #sound: number;
  #outdated: number;
  #bytes: number;
  #keptAtMs = performance.now();
  #isFull = false;
  #judge: { readonly root: string; readonly judge: AbsenceJudge } | null = null;

  constructor(
    parts: VerifyParts,
    request: VerifyRequest,
    listener: VerifyListener,
    signal: AbortSignal,
    rootOf: (path: string) => string | null,
  ) {
    const { soFar, bytesPerSecond } = request;
    this.#parts = parts;
    this.#request = request;
    this.#listener = listener;
    this.#signal = signal;
    this.#rootOf = rootOf;
    this.#rate = new ByteRate(bytesPerSecond);
    const isSound = async (path: string) => (await this.#read(path)).kind === 'sound';
    this.#copies = new GoodCopies({ ...parts, isSound });
    this.#away = new AwayPlaces(soFar.away);
    this.#again = new Set(soFar.again);
    this.#behind = soFar.behind;
    this.#sound = soFar.sound;
    this.#outdated = soFar.outdated;
    this.#bytes = soFar.bytes;
  }

  async run(): Promise<VerifyReport> {
    const total = await this.#count();
    let isStopped = false;
    for await (const { path, outcome } of inTurn(this.#paths(), (path) => this.#verify(path), AT_ONCE)) {
      isStopped = outcome === null || !(await this.#take(path, outcome));
      if (isStopped) {
        break;
      }
      await this.#keepNowAndThen();
      this.#tell(total);
    }
    isStopped ||= this.#signal.aborted;
    if (isStopped) {
      await this.#keep();
    }
    return this.#report(isStopped);
  }

  async #count(): Promise<number> {
    let count = 0;
    for await (const { path, indexed } of knownInPathOrder(this.#parts.files)) {
      count += indexed !== null && this.#isAsked(path) ? 1 : 0;
    }
    return count;
  }

  async *#paths(): AsyncGenerator<string> {
    const behind = this.#behind;
    for (const path of [...this.#again]) {
      yield path;
    }
    for await (const { path, indexed } of knownInPathOrder(this.#parts.files)) {
      if (this.#signal.aborted) {
        return;
      }
      const isNext = behind === null || comparePaths(path, behind) > 0;
      if (isNext && indexed !== null && this.#isAsked(path)) {
        yield path;
      }
    }
  }

  #isAsked(path: string): boolean {
    const { places } = this.#request;
    return places === null || places.some((place) => isAtOrBelow(path, place));
  }

  async #verify(path: string): Promise<Verified> {
    try {
      return { path, outcome: await this.#read(path) };
    } catch (error) {
      if (this.#signal.aborted) {
        return { path, outcome: null };
      }
      throw error;
    }
  }

  #read(path: string): Promise<ReadOutcome> {
    return verifyFile(path, {
      ...this.#parts,
      onRead: (bytes) => this.#rate.spend(bytes, this.#signal),
    });
  }

  /** @returns whether it was taken; not when somebody wanted an end meanwhile */
  async #take(path: string, outcome: ReadOutcome): Promise<boolean> {
    try {
      const found = await this.#findingOf(path, outcome);
      if (found === null) {
        this.#again.delete(path);
      } else {
        await this.#listener.onFound(found);
        await this.#remember(path);
        this.#found[found.kind]++;
      }
      this.#goBehind(path);
      return true;
    } catch (error) {
      if (this.#signal.aborted) {
        return false;
      }
      throw error;
    }
  }

  /** Null for what is sound, away or left the library, which is counted. */
  async #findingOf(path: string, outcome: ReadOutcome): Promise<FoundFile | null> {
    switch (outcome.kind) {
      case 'left':
        return null;
      case 'sound':
        this.#sound++;
        this.#bytes += outcome.sizeBytes;
        this.#outdated += outcome.isOutdated ? 1 : 0;
        return null;
      case 'changed':
        return { path, kind: 'changed', reason: outcome.reason };
      case 'rotten': {
        const { kind, stamp, pictureId } = outcome;
        return { path, kind, stamp, ...(await this.#copies.beside(path, pictureId)) };
      }
      case 'failed':
        return (await this.#isAway(path, outcome)) ? null : this.#unreadable(path, outcome);
    }
  }

  async #unreadable(
    path: string,
    { reason, pictureId }: { readonly reason: string; readonly pictureId: PictureId },
  ): Promise<FoundFile> {
    return { path, kind: 'unreadable', reason, ...(await this.#copies.beside(path, pictureId)) };
  }

  /** Also one whose folder cannot be looked at: that says nothing of the file. */
  async #isAway(
    path: string,
    { device, isAbsent }: { readonly device: string | null; readonly isAbsent: boolean },
  ): Promise<boolean> {
    const absence = await this.#judgeOf(path).judge({ path, device, rawName: null });
    if (absence.kind === 'away' && absence.place !== path) {
      this.#away.add(absence.place, absence.reason, 1);
      return true;
    }
    if (isAbsent) {
      this.#away.add(dirname(path), GONE, 1);
    }
    return isAbsent;
  }

  #judgeOf(path: string): AbsenceJudge {
    const root = this.#rootOf(path) ?? dirname(path);
    if (this.#judge?.root !== root) {
      const target = {
        ...{ path: root, rules: ANY_NAME },
        ...{ innerRoots: new Set<string>(), ownFolders: new Set<string>() },
      };
      this.#judge = { root, judge: new AbsenceJudge(target, this.#parts.devices, NOTHING_MET) };
    }
    return this.#judge.judge;
  }

  async #remember(path: string): Promise<void> {
    if (!this.#isFull && this.#again.size >= MOST_AGAIN && !this.#again.has(path)) {
      await this.#keep();
      this.#isFull = true;
    }
    if (!this.#isFull) {
      this.#again.add(path);
    }
  }

  /** What was found before comes first, and lies before where the run had come to. */
  #goBehind(path: string): void {
    if (this.#behind === null || comparePaths(path, this.#behind) > 0) {
      this.#behind = path;
    }
  }

  async #keepNowAndThen(): Promise<void> {
    if (performance.now() - this.#keptAtMs >= KEEP_EVERY_MS) {
      await this.#keep();
    }
  }

  async #keep(): Promise<void> {
    this.#keptAtMs = performance.now();
    if (this.#isFull) {
      return;
    }
    await this.#listener.onKept({
      beganAt: this.#request.soFar.beganAt,
      behind: this.#behind,
      again: [...this.#again],
      sound: this.#sound,
      outdated: this.#outdated,
      bytes: this.#bytes,
      away: { files: this.#away.files, places: this.#away.list() },
    });
  }

  #tell(total: number): void {
    const { rotten, unreadable } = this.#found;
    const done = this.#files;
    this.#listener.onProgress({ done, total: Math.max(total, done), failed: rotten + unreadable });
  }

  get #files(): number {
    const { rotten, unreadable, changed } = this.#found;
    return this.#sound + rotten + unreadable + changed + this.#away.files;
  }

  #report(isStopped: boolean): VerifyReport {
    const { rotten, unreadable, changed } = this.#found;
    return {
      beganAt: this.#request.soFar.beganAt,
      files: this.#files,
      ...{ sound: this.#sound, rotten, unreadable, changed, away: this.#away.files },
      outdated: this.#outdated,
      bytes: this.#bytes,
      awayPlaces: this.#away.list(),
      isStopped,
    };
  }
}
