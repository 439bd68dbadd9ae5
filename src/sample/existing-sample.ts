import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import { PICTURES_FOLDER, type SampleTruth } from './sample-truth.ts';

export const TRUTH_FILE = 'truth.json';

/** What stands where a sample is wanted. */
export interface ExistingSample {
  /** The truth of a sample whose every picture is there; null when there is none, or pictures are missing. */
  readonly whole: SampleTruth | null;
  /** A file that no sample put there, relative to the folder; such a folder must not be replaced. */
  readonly stranger: string | null;
}

/**
 * Looks at a folder before anything is drawn there. A missing folder is an empty one.
 * @throws EideticError INVALID_INPUT when it cannot be read or is a file
 */
export async function findSample(folder: string): Promise<ExistingSample> {
  const files = await filesUnder(folder);
  const truth = await readTruth(folder);
  const expected = new Set(truth?.pictures.map((picture) => `${PICTURES_FOLDER}/${picture}`) ?? []);
  const strangers = files.filter(
    ({ path }) => !expected.has(path) && !(path === TRUTH_FILE && truth !== null),
  );
  const present = files.filter(({ path, sizeBytes }) => expected.has(path) && sizeBytes > 0);
  return {
    whole: present.length === expected.size ? truth : null,
    stranger: strangers[0]?.path ?? null,
  };
}

/** Files below a folder, their paths relative and with `/`. */
async function filesUnder(folder: string): Promise<Array<{ path: string; sizeBytes: number }>> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name));
    return await Promise.all(
      paths.map(async (path) => ({
        path: relative(folder, path).split(sep).join('/'),
        sizeBytes: (await lstat(path)).size,
      })),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw new EideticError('INVALID_INPUT', `Cannot read ${folder}, expected a folder; name another one.`, {
      cause: error,
    });
  }
}

/** Null when there is none or it is damaged: then nothing says that the files beside it are a sample's. */
async function readTruth(folder: string): Promise<SampleTruth | null> {
  try {
    const truth = JSON.parse(await readFile(join(folder, TRUTH_FILE), 'utf8')) as Partial<SampleTruth>;
    return Array.isArray(truth.pictures) && typeof truth.version === 'number' ? (truth as SampleTruth) : null;
  } catch {
    return null;
  }
}
