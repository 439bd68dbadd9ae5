import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Opens a file that somebody wrote, to be read; a pipe would be waited for, and a device may never end.
 * @throws Error when it is neither a file nor a link to one; a system error
 */
export async function openTextFile(path: string): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) {
      const kind = stats.isDirectory() ? 'folder' : stats.isFIFO() ? 'pipe' : 'device';
      throw new Error(`it is a ${kind}`);
    }
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** More than anybody writes by hand, bytes. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The text of a file that somebody wrote. @throws as openTextFile, and Error when it is too long for that */
export async function readTextFile(path: string): Promise<string> {
  const handle = await openTextFile(path);
  try {
    const { size } = await handle.stat();
    if (size > MOST_BYTES) {
      throw new Error(
        `it has ${size.toLocaleString('en')} bytes, and ${MOST_BYTES.toLocaleString('en')} are the most`,
      );
    }
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
