import { EideticError } from '../domain/errors.ts';
import type { Library } from './library.ts';

/** Other processes' short writes are waited for. */
const PATIENCE_MS = 1_000;

/**
 * Makes the space that this library was opened with the one that searches use when no model is named.
 * @throws EideticError MODEL_MISMATCH when its model has not embedded every picture; CATALOG_BUSY
 */
export async function useModel({ catalog, lock, model, space, state }: Library): Promise<void> {
  state.requireOpen();
  const left = await catalog.files.countWithout(model.key);
  if (left > 0) {
    const { id } = model.manifest;
    throw new EideticError(
      'MODEL_MISMATCH',
      `${id} has not embedded ${left} files of this library; run "eidetic reindex --model ${id}" first.`,
    );
  }
  const held = await lock.acquire('maintenance', PATIENCE_MS);
  try {
    await catalog.spaces.activate(space.id, space.revision);
  } finally {
    await held.release();
  }
}
