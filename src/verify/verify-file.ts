import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { describeSystemError, isAbsent } from '../domain/describe-system-error.ts';
import type { FileLedger } from '../domain/file-ledger.ts';
import type { ContentHash, FileStamp, PictureId } from '../domain/picture.ts';
import type { DeviceTable } from '../indexer/device-table.ts';
import { lookOf } from '../indexer/file-look.ts';
import { isSameStamp, stampOf } from '../indexer/file-stamp.ts';
import { hashOpenFile } from '../indexer/hash-open-file.ts';
import { READ_WITHOUT_WAITING } from '../indexer/open-file.ts';
import { openWithoutTrace } from '../indexer/open-without-trace.ts';
import { isUnwritten } from '../indexer/rotten-file.ts';

/** What reading a file told. */
export type ReadOutcome =
  /** It has the bytes that it had. */
  | {
      readonly kind: 'sound';
      readonly sizeBytes: number;
      /** Whether the catalog takes it for something else: its times are others, or it has failed since. */
      readonly isOutdated: boolean;
    }
  /** It has other bytes, and nothing has written to it. */
  | { readonly kind: 'rotten'; readonly stamp: FileStamp; readonly pictureId: PictureId }
  /** Somebody wrote to it, or may have. */
  | { readonly kind: 'changed'; readonly reason: string }
  /** It cannot be opened or read, or is not there. */
  | {
      readonly kind: 'failed';
      /** Also where another file system lies over it. */
      readonly isAbsent: boolean;
      readonly reason: string;
      /** Where it was last seen. */
      readonly device: string | null;
      readonly pictureId: PictureId;
    }
  /** The library has no picture by this path any more. */
  | { readonly kind: 'left' };

export interface ReadParts {
  readonly files: Pick<FileLedger, 'knownFile' | 'findByHash'>;
  readonly devices: DeviceTable;
  /** Whether it is the library's own copy of what was uploaded: nobody else writes there. */
  readonly isUpload: (path: string) => boolean;
  /** Waited for after each piece that is read; what it throws ends the reading. */
  readonly onRead: (bytes: number) => Promise<void>;
}

/** What the catalog has of a file that holds a picture. */
interface Known {
  readonly stamp: FileStamp;
  readonly pictureId: PictureId;
  readonly hasFailed: boolean;
}

/**
 * Reads a file that the library knows, and compares its bytes with those of its picture.
 * @param path absolute
 * @throws what `onRead` throws; of the catalog CATALOG_*
 */
export async function verifyFile(path: string, parts: ReadParts): Promise<ReadOutcome> {
  const found = await parts.files.knownFile(path, []);
  if (found === null || found.indexed === null) {
    return { kind: 'left' };
  }
  const known = { ...found.indexed, hasFailed: found.failure !== null };
  let handle: FileHandle | undefined;
  try {
    handle = await openWithoutTrace(path, READ_WITHOUT_WAITING);
    return await compare(handle, path, known, parts);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) {
      throw error;
    }
    return unseen(known, isAbsent(error), describeSystemError(error));
  } finally {
    await handle?.close();
  }
}

async function compare(
  handle: FileHandle,
  path: string,
  known: Known,
  parts: ReadParts,
): Promise<ReadOutcome> {
  const before = await handle.stat({ bigint: true });
  if (!before.isFile()) {
    return { kind: 'changed', reason: 'it is no regular file any more' };
  }
  const stamp = stampOf(path, lookOf(before), parts.devices);
  const outcome = await compareBytes(handle, before, stamp, known, parts);
  return outcome.kind === 'changed' && isElsewhere(stamp, known.stamp)
    ? unseen(known, true, 'another file system is mounted there')
    : outcome;
}

async function compareBytes(
  handle: FileHandle,
  before: BigIntStats,
  stamp: FileStamp,
  known: Known,
  { files, isUpload, onRead }: ReadParts,
): Promise<ReadOutcome> {
  const { path } = stamp;
  // The hash of an upload is in its name: one of another size is no more written to than one of its own size.
  if (stamp.sizeBytes !== known.stamp.sizeBytes && !isUpload(path)) {
    return { kind: 'changed', reason: 'it has another size, so somebody wrote to it' };
  }
  const contentHash = await hashOpenFile(handle, stamp.sizeBytes, onRead);
  if (isWrittenTo(before, await handle.stat({ bigint: true }))) {
    return { kind: 'changed', reason: 'somebody wrote to it while it was read' };
  }
  if (await holds(files, contentHash, known.pictureId)) {
    const isOutdated = known.hasFailed || !isSameStamp(stamp, known.stamp);
    return { kind: 'sound', sizeBytes: stamp.sizeBytes, isOutdated };
  }
  if (isUpload(path) || isUnwritten(stamp, known.stamp)) {
    return { kind: 'rotten', stamp, pictureId: known.pictureId };
  }
  return {
    kind: 'changed',
    reason:
      known.stamp.changedMs === null
        ? 'it has other bytes, and nobody noted when it was changed last, so that it may be rotten'
        : 'it has other bytes and other times, so somebody wrote to it',
  };
}

function unseen({ stamp, pictureId }: Known, isAbsent: boolean, reason: string): ReadOutcome {
  return { kind: 'failed', isAbsent, reason, device: stamp.device, pictureId };
}

function isElsewhere(now: FileStamp, before: FileStamp): boolean {
  return now.device !== null && before.device !== null && now.device !== before.device;
}

function isWrittenTo(before: BigIntStats, after: BigIntStats): boolean {
  return before.size !== after.size || before.mtimeNs !== after.mtimeNs || before.ctimeNs !== after.ctimeNs;
}

async function holds(
  files: Pick<FileLedger, 'findByHash'>,
  contentHash: ContentHash,
  picture: PictureId,
): Promise<boolean> {
  return (await files.findByHash(contentHash, []))?.id === picture;
}
