import type { SpaceIndex } from '../search/space-index.ts';
import { type Check, checkOf } from './check.ts';

/**
 * Says whether the saved index could be used.
 * @param shouldRepair whether to save what had to be built, checked or caught up; the caller then holds the lock
 *   `maintenance`
 */
export async function checkIndexFile(index: SpaceIndex, shouldRepair: boolean): Promise<Check> {
  const isSound = index.rebuiltBecause === null;
  const finding = describe(index);
  if (!shouldRepair || !index.needsSaving) {
    return checkOf('index file', isSound, finding);
  }
  await index.save();
  return index.needsSaving
    ? checkOf('index file', isSound, finding)
    : checkOf('index file', isSound, `${finding} Saved it anew.`, true);
}

function describe({ rebuiltBecause, checkedBecause, mended, needsSaving }: SpaceIndex): string {
  if (rebuiltBecause !== null) {
    return `${rebuiltBecause} It was built again from the catalog.`;
  }
  if (checkedBecause !== null) {
    return `${checkedBecause} Each of its vectors was compared with the catalog's, and ${mended} were put right.`;
  }
  return needsSaving
    ? 'It is intact but older than the catalog; it is caught up each time it is opened.'
    : 'It is intact and level with the catalog.';
}
