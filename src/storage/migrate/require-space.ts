import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EideticError } from '../../domain/errors.ts';

const MIB = 1024 * 1024;

/** What a migration writes beside the backup: journals, and rows that are there twice for a while. */
const GROWTH_BYTES = 64 * MIB;
const GROWTH_OF_CATALOG = 0.5;

/**
 * Makes sure that the disk has room for a migration.
 * @param catalogBytes size of the catalog file
 * @param hasBackup whether the backup is there already
 * @throws EideticError STORAGE_FULL
 */
export async function requireSpace(file: string, catalogBytes: number, hasBackup: boolean): Promise<void> {
  const neededBytes = GROWTH_BYTES + catalogBytes * GROWTH_OF_CATALOG + (hasBackup ? 0 : catalogBytes);
  const { bavail, bsize } = await statfs(dirname(file));
  const foundBytes = bavail * bsize;
  if (foundBytes < neededBytes) {
    throw new EideticError(
      'STORAGE_FULL',
      `Found ${mebibytes(foundBytes)} free on the disk that holds the catalog ${file}, expected ${mebibytes(neededBytes)} for its migration${hasBackup ? '' : ' and a backup'}; free some space and run again. Nothing was changed.`,
      { details: { foundBytes, neededBytes: Math.ceil(neededBytes) } },
    );
  }
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / MIB).toLocaleString('en')} MiB`;
}
