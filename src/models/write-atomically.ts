import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { placeFile } from './place-file.ts';

/** Writes a small file so that it is there whole or as it was before. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.part`;
  try {
    await writeFile(temporary, text);
    await placeFile(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
