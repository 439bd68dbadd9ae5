import { COPY_RULE_VERSION } from '../copies/judge-pair.ts';
import { failureOf } from '../domain/failure.ts';
import type { FileStamp, PictureId } from '../domain/picture.ts';
import { readDeviceTable } from '../indexer/device-table.ts';
import { isUnwritten, rottenFile } from '../indexer/rotten-file.ts';
import { nothingVerified, type VerifiedSoFar } from '../verify/verified-so-far.ts';
import { type VerifyListener, type VerifyReport, verifyFiles } from '../verify/verify-files.ts';
import { findNamedPlace } from './find-named-place.ts';
import { keepIfPossible } from './keep-if-possible.ts';
import type { Library } from './library.ts';
import { VerificationFile } from './verification-file.ts';

/** What is to be verified, and how. */
export interface VerifyWish {
  /** Folders and files as they are named; none for all that the library knows. */
  readonly named: readonly string[];
  /** See VerifyRequest. */
  readonly bytesPerSecond: number;
  /** Whether a run that was stopped is forgotten. */
  readonly isAnew: boolean;
}

/** See VerifyReport. */
export interface LibraryVerification extends VerifyReport {
  /** Whether it went on where a run before was stopped. */
  readonly isResumed: boolean;
  /** Whether what was found is kept: which files are rotten, and of a run that was stopped how far it came. */
  readonly isKept: boolean;
}

/** Pictures known to be copies of one that are looked at for a good copy of it. */
const MOST_COPIES = 20;

/**
 * Reads files of a library again and tells which have other bytes than when they were indexed; see verifyFiles. A rotten
 * file becomes a failure beside its picture; nothing else is changed. A run that was stopped is gone on with.
 * @throws EideticError NOT_FOUND for a folder that is none of the library; CATALOG_*
 */
export async function verifyLibrary(
  library: Library,
  { named, bytesPerSecond, isAnew }: VerifyWish,
  { onFound, onProgress }: Pick<VerifyListener, 'onFound' | 'onProgress'>,
  signal: AbortSignal,
): Promise<LibraryVerification> {
  const { catalog, state, uploads } = library;
  const places = await placesOf(library, named);
  const file = new VerificationFile(library, places);
  const soFar = isAnew ? nothingVerified() : await file.read();
  let isKept = !catalog.isReadOnly;
  const keeping = <Kept>(what: string, keep: (kept: Kept) => Promise<void>) =>
    keepIfPossible<Kept>(library, what, (kept) =>
      keep(kept).catch((error: unknown) => {
        isKept = false;
        throw error;
      }),
    );
  const keepSoFar = keeping<VerifiedSoFar>('how far it has come', (kept) => file.keep(kept));
  const keepRotten = keeping<FileStamp>('which files are rotten', (stamp) => failRotten(library, stamp));
  const report = await state.runStoppable(signal, (stop) =>
    verifyFiles(
      {
        ...{ files: catalog.files, pictures: catalog.pictures },
        devices: readDeviceTable(),
        isUpload: (path) => uploads.owns(path),
        copiesOf: (picture) => copiesOf(library, picture),
      },
      { places, bytesPerSecond, soFar },
      {
        async onFound(found) {
          if (found.kind === 'rotten') {
            await keepRotten(found.stamp);
          }
          await onFound(found);
        },
        onProgress,
        onKept: keepSoFar,
      },
      stop,
    ),
  );
  if (!report.isStopped && !catalog.isReadOnly) {
    await file.forget();
  }
  return { ...report, isResumed: soFar.behind !== null, isKept };
}

async function placesOf(library: Library, named: readonly string[]): Promise<readonly string[] | null> {
  if (named.length === 0) {
    return null;
  }
  const places = await Promise.all(named.map((one) => findNamedPlace(library, one)));
  return places.flatMap(({ paths }) => paths);
}

/** Notes that a file is rotten, unless an index run has found something else there meanwhile. */
async function failRotten({ catalog, uploads }: Library, stamp: FileStamp): Promise<void> {
  const known = await catalog.files.knownFile(stamp.path, []);
  const indexed = known?.indexed;
  if (!indexed || !(uploads.owns(stamp.path) || isUnwritten(stamp, indexed.stamp))) {
    return;
  }
  // It failed under no limits, rules or decoders: it was read, and nothing else.
  const failure = failureOf(stamp, rottenFile(), { retry: 'next-run', conditions: '' });
  await catalog.files.commit({ files: [], failures: [failure], removed: [] });
}

async function copiesOf({ catalog }: Library, picture: PictureId): Promise<readonly PictureId[]> {
  const relations = await catalog.relations.page({ kinds: ['copy'], picture }, MOST_COPIES, null);
  return relations
    .filter(({ ruleVersion }) => ruleVersion === COPY_RULE_VERSION)
    .map(({ a, b }) => (a === picture ? b : a));
}
