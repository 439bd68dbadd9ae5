import type { Check } from '../doctor/check.ts';
import { checkLibrary } from '../doctor/check-library.ts';
import { createExactIndex } from '../vector-index/exact-index.ts';
import type { Library } from './library.ts';

/**
 * Checks a whole library; see checkLibrary.
 * @throws EideticError CATALOG_BUSY when it shall repair while another process is writing
 */
export async function checkLibraryHealth(library: Library, shouldRepair: boolean): Promise<Check[]> {
  const { catalog, index, lock, space, state, uploads } = library;
  state.requireOpen();
  const held = shouldRepair ? await lock.acquire('maintenance') : null;
  try {
    return await checkLibrary(
      { catalog, space, uploads, openIndex: () => index.opened(), createExact: createExactIndex },
      shouldRepair,
    );
  } finally {
    await held?.release();
  }
}
