import type { BigIntStats } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import type { FileLedger, KnownFile } from '../domain/file-ledger.ts';
import type { PathLook } from '../duplicates/path-look.ts';
import { toMilliseconds } from '../indexer/file-look.ts';

/** Paths looked at together: this waits for the disk, not for a core. */
const AT_ONCE = 64;

interface LookParts {
  readonly catalog: { readonly files: Pick<FileLedger, 'knownFile'> };
  readonly uploads: { owns(path: string): boolean };
}

/** Looks at what is at paths of a library now, and whether it is what was indexed; nothing is read. */
export async function lookAtPaths(
  { catalog, uploads }: LookParts,
  paths: readonly string[],
): Promise<Map<string, PathLook>> {
  const looks = new Map<string, PathLook>();
  const look = async (path: string) => {
    const known = await catalog.files.knownFile(path, []);
    looks.set(path, await lookAt(path, known, uploads.owns(path)));
  };
  for (let i = 0; i < paths.length; i += AT_ONCE) {
    await Promise.all(paths.slice(i, i + AT_ONCE).map(look));
  }
  return looks;
}

async function lookAt(path: string, known: KnownFile | null, isUpload: boolean): Promise<PathLook> {
  let stats: BigIntStats;
  let isLink: boolean;
  try {
    isLink = (await lstat(path)).isSymbolicLink();
    stats = await stat(path, { bigint: true });
  } catch {
    return { kind: 'away' };
  }
  return isAsIndexed(stats, known, isUpload)
    ? {
        kind: 'there',
        identity: `${stats.dev} ${stats.ino}`,
        sizeBytes: Number(stats.size),
        links: Number(stats.nlink),
        isLink,
        isUpload,
      }
    : { kind: 'changed' };
}

/**
 * Nobody but a server writes uploads, under the hash of their bytes; a restored backup may have other times. A file
 * that failed since it was indexed holds other bytes now, or none that can be read.
 */
function isAsIndexed(stats: BigIntStats, known: KnownFile | null, isUpload: boolean): boolean {
  if (!stats.isFile() || known === null || known.indexed === null || known.failure !== null) {
    return false;
  }
  const { sizeBytes, modifiedMs } = known.indexed.stamp;
  return Number(stats.size) === sizeBytes && (isUpload || toMilliseconds(stats.mtimeNs) === modifiedMs);
}
