import { closeSync, cpSync, fsyncSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openModelFolder } from '../src/embedding/model-folder.ts';
import { SCHEMA_VERSION } from '../src/storage/schema.ts';
import { makeSyntheticLibrary } from '../test/support/synthetic-library.ts';
import { BUNDLED_FOLDER } from './bundled-model.ts';
import { keptFolder } from './kept-folder.ts';

export const LARGE = 100_000;
const SEED = 1;

/**
 * A library of 100,000 pictures that are only vectors (clusters of 50, seed 1), its indexes saved; made once.
 * @param modelFolder of the model; the bundled one's when undefined
 */
export async function largeLibrary(say: (line: string) => void, modelFolder?: string): Promise<string> {
  const { manifest, key } = await openModelFolder(modelFolder ?? BUNDLED_FOLDER);
  const name = `library-${LARGE}-version-${SCHEMA_VERSION}-${manifest.id}-${key.slice(0, 8)}-all-vectors`;
  return keptFolder(name, async (unfinished) => {
    say(`Making a library of ${LARGE.toLocaleString('en')} vectors, once; this takes minutes…`);
    await makeSyntheticLibrary(unfinished, LARGE, SEED, modelFolder);
  });
}

/** Copies a library and waits until the copy is on disk, so that nobody's clock runs while it is written. */
export function copyLibrary(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' })) {
    const file = join(to, name);
    if (statSync(file).isFile()) {
      const descriptor = openSync(file, 'r+');
      fsyncSync(descriptor);
      closeSync(descriptor);
    }
  }
}
