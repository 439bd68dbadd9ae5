import { join } from 'node:path';
import type { Check } from '../doctor/check.ts';
import { checkLibrary } from '../doctor/check-library.ts';
import { createExactIndex } from '../vector-index/exact-index.ts';
import { type IndexFolder, indexFolderName, listIndexFolders } from '../vector-index/index-folders.ts';
import type { Library } from './library.ts';

/**
 * Checks a whole library; see checkLibrary.
 * @throws EideticError CATALOG_BUSY when it shall repair while another process is writing
 */
export async function checkLibraryHealth(library: Library, shouldRepair: boolean): Promise<Check[]> {
  const { cannotDescribe, catalog, lock, spaces, state, uploads } = library;
  state.requireOpen();
  const held = shouldRepair ? await lock.acquire('maintenance') : null;
  try {
    return await checkLibrary(
      {
        ...{ catalog, uploads, formerIndexes: () => formerIndexes(library) },
        cannotDescribe: cannotDescribe?.message ?? null,
        spaces: spaces.all.map(({ space, index }) => ({ space, openIndex: () => index.opened() })),
        createExact: createExactIndex,
      },
      shouldRepair,
    );
  } finally {
    await held?.release();
  }
}

async function formerIndexes({ catalog, config, spaces }: Library): Promise<IndexFolder[]> {
  const active = (await catalog.spaces.spaces()).filter(({ isActive }) => isActive);
  const used = new Set(
    [...spaces.all.map(({ space }) => space), ...active].map(({ id, modelKey }) =>
      indexFolderName({ spaceId: id, modelKey }),
    ),
  );
  const folders = await listIndexFolders(join(config.library, 'indexes'));
  return folders.filter(({ name }) => !used.has(name));
}
