import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Opens a file so that its time of access stays what it was, where this user may see to that.
 * @param flags for reading, as of `open`
 * @throws system errors
 */
export async function openWithoutTrace(path: string, flags: number): Promise<FileHandle> {
  try {
    return await open(path, flags | (constants.O_NOATIME ?? 0));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') {
      return open(path, flags); // only its owner may leave no trace
    }
    throw error;
  }
}
