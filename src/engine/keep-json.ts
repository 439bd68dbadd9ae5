import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { translateDiskError } from '../domain/disk-error.ts';
import { publishFile } from '../vector-index/durable-file.ts';

/**
 * Writes a value as JSON in place of what a file held, in one step, safe from a power cut.
 * @param what what it is, for a message: `The calibration`
 * @throws EideticError READ_ONLY, STORAGE_FULL, CATALOG_BUSY; the former is still there then
 */
export async function keepJson(file: string, value: unknown, what: string): Promise<void> {
  const unfinished = `${file}.${randomUUID()}.unfinished`;
  try {
    await writeFile(unfinished, `${JSON.stringify(value, null, 1)}\n`);
    await publishFile(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw translateDiskError(error, `${what} ${file} cannot be written`);
  }
}
