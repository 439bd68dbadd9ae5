import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EideticError } from '../domain/errors.ts';
import type { ModelPin, PinnedFile } from './pin.ts';
import { writeAtomically } from './write-atomically.ts';

const lockedFile = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().positive(),
});

const locksSchema = z.object({
  version: z.literal(1),
  /** By pin id, then by path in the repository. */
  models: z.record(
    z.string(),
    z.object({
      repository: z.string(),
      lockedAt: z.string(),
      files: z.record(z.string(), lockedFile),
    }),
  ),
});

type Locks = z.infer<typeof locksSchema>;

/** What a file was when it was trusted on first use. */
export type LockedFile = z.infer<typeof lockedFile>;

function lockPath(modelsFolder: string): string {
  return join(modelsFolder, 'models.lock.json');
}

/**
 * A pin with the sizes and hashes that were locked when it was first trusted, where the pin itself tells none.
 * @throws EideticError MODEL_UNAVAILABLE when the lock file cannot be understood
 */
export async function withLocks(pin: ModelPin, modelsFolder: string): Promise<ModelPin> {
  const { models } = await readLocks(modelsFolder);
  const files = models[pin.id]?.repository === pin.repository ? (models[pin.id]?.files ?? {}) : {};
  const fill = (file: PinnedFile): PinnedFile => {
    const locked = files[file.path];
    return locked === undefined || file.sha256 !== null ? file : { ...file, ...locked };
  };
  return { ...pin, weights: fill(pin.weights), data: pin.data.map(fill) };
}

/** Locks what the files of a pin were found to be, for later pulls to compare with. */
export async function lockFiles(
  pin: ModelPin,
  files: Readonly<Record<string, LockedFile>>,
  modelsFolder: string,
): Promise<void> {
  const { models } = await readLocks(modelsFolder);
  const entry = { repository: pin.repository, lockedAt: new Date().toISOString(), files: { ...files } };
  const locks: Locks = { version: 1, models: { ...models, [pin.id]: entry } };
  await writeAtomically(lockPath(modelsFolder), `${JSON.stringify(locks, null, 2)}\n`);
}

async function readLocks(modelsFolder: string): Promise<Locks> {
  const path = lockPath(modelsFolder);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return null;
    }
    throw new EideticError('MODEL_UNAVAILABLE', `${path} cannot be read: ${error.message}.`, {
      cause: error,
    });
  });
  if (text === null) {
    return { version: 1, models: {} };
  }
  const parsed = locksSchema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `${path} is not what was written there (${z.prettifyError(parsed.error)}); restore it, or delete it to trust anew.`,
      { cause: parsed.error },
    );
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
