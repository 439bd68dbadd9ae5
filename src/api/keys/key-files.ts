import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { translateDiskError } from '../../domain/disk-error.ts';
import { EideticError } from '../../domain/errors.ts';
import { SCOPES } from './caller.ts';

/** A key as its file holds it; the secret itself is kept nowhere. */
const recordSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^k_[0-9a-f]{12}$/),
  name: z.string(),
  scope: z.enum(SCOPES),
  /** SHA-256 of the secret, hex. */
  secretSha256: z.string().regex(/^[0-9a-f]{64}$/),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
});

export type KeyRecord = Readonly<z.infer<typeof recordSchema>>;

/**
 * Every key of a folder, oldest first; none when the folder is not there.
 * @throws EideticError CATALOG_DAMAGED naming a file that is not a key: it might be one that was revoked
 */
export async function readKeyFiles(folder: string): Promise<KeyRecord[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw unusable(folder, error);
  });
  const keys = names.filter((name) => name.endsWith('.json'));
  const records = await Promise.all(keys.map((name) => readKeyFile(join(folder, name))));
  return records.sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1));
}

async function readKeyFile(file: string): Promise<KeyRecord> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw unusable(file, cause);
  }
}

function unusable(path: string, cause: unknown): EideticError {
  return new EideticError(
    'CATALOG_DAMAGED',
    `The API keys cannot be read because of ${path}; restore it from a backup, or delete it, which revokes its key.`,
    { cause },
  );
}

/**
 * Writes a key that is new. Readable by the library's owner alone.
 * @throws an EEXIST error when there is a key with this id
 */
export async function addKeyFile(folder: string, record: KeyRecord): Promise<void> {
  try {
    await mkdir(dirname(folder), { recursive: true }); // the library, for everyone whom the umask lets in
    // Not with `recursive`, by which a disk that cannot be written to looks like a missing folder.
    await mkdir(folder, { mode: 0o700 }).catch(ignoreExisting);
  } catch (error) {
    throw translateDiskError(error, `The key cannot be kept in ${folder}`);
  }
  // A link, unlike a rename, never takes the place of another file.
  await publish(folder, record, link);
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw error;
  }
}

/** Writes a key over its former state, all or nothing. */
export async function replaceKeyFile(folder: string, record: KeyRecord): Promise<void> {
  await publish(folder, record, rename);
}

async function publish(
  folder: string,
  record: KeyRecord,
  giveName: (temporary: string, file: string) => Promise<void>,
): Promise<void> {
  const temporary = join(folder, `${record.id}.${randomUUID()}.temporary`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(record, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await giveName(temporary, join(folder, `${record.id}.json`));
  } catch (error) {
    throw translateDiskError(error, `The key cannot be kept in ${folder}`);
  } finally {
    await rm(temporary, { force: true });
  }
  if (process.platform !== 'win32') {
    await syncFolder(folder);
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
