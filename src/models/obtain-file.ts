import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { ExpectedFile } from './download.ts';
import { downloadFile } from './download-file.ts';
import { localName, type ModelPin, type PinnedFile } from './pin.ts';
import { pinSources } from './pin-sources.ts';
import { checkFile } from './place-file.ts';
import type { PullOptions } from './pull-options.ts';

/** When neither the exact size nor the published one is known. */
const MOST_BYTES = 2 * 1024 ** 3;
/** Published sizes are rounded. */
const ROUNDING = 1.1;

/**
 * Makes sure that a pinned file lies in the model's folder and is the right one.
 * @returns whether it had to be downloaded
 * @throws EideticError MODEL_UNAVAILABLE with the reason alone, without a full stop
 */
export async function obtainFile(
  pin: ModelPin,
  file: PinnedFile,
  folder: string,
  options: PullOptions,
): Promise<boolean> {
  const name = localName(file);
  const path = join(folder, name);
  if ((await stat(path).catch(() => null)) !== null) {
    const wrong = await checkFile(path, file);
    if (wrong !== null) {
      throw new EideticError('MODEL_UNAVAILABLE', `${path} is not the right file (${wrong}); delete it`);
    }
    return false;
  }
  if (options.isOffline) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `${path} is missing, and offline mode forbids to download it`,
    );
  }
  const expected: ExpectedFile = { ...file, maxBytes: mostBytes(file) };
  const run = {
    ...options,
    onProgress: (done: number, total: number | null) => options.onProgress(name, done, total),
  };
  const sources = pinSources(pin, file, options.mirrors, options.environment);
  const reasons: string[] = [];
  for (const source of sources) {
    try {
      await downloadFile(source, folder, name, expected, run);
      return true;
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof EideticError)) {
        throw error;
      }
      reasons.push(error.message);
    }
  }
  throw new EideticError('MODEL_UNAVAILABLE', reasons.join('; '));
}

function mostBytes({ sizeBytes, megabytes }: PinnedFile): number {
  return sizeBytes ?? (megabytes === null ? MOST_BYTES : megabytes * 1e6 * ROUNDING);
}
