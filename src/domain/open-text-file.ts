import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/**
 * Requires a file that somebody may have written: a pipe would be waited for, and a device may never end.
 * @param mostBytes what nobody writes more of
 * @throws Error when it is none, with what it is as half a sentence
 */
export function requireTextFile(stats: Stats, mostBytes = Number.POSITIVE_INFINITY): void {
  if (!stats.isFile()) {
    const kind = stats.isDirectory() ? 'folder' : stats.isFIFO() ? 'pipe' : 'device';
    throw new Error(`it is a ${kind}`);
  }
  if (stats.size > mostBytes) {
    const [size, most] = [stats.size, mostBytes].map((bytes) => bytes.toLocaleString('en'));
    throw new Error(`it has ${size} bytes, and ${most} are the most`);
  }
}

/** Opens such a file, to be read. @throws as requireTextFile; a system error */
export async function openTextFile(path: string, mostBytes?: number): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    requireTextFile(await handle.stat(), mostBytes);
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** More than anybody writes by hand. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The text of a file that somebody wrote by hand. @throws as openTextFile */
export async function readTextFile(path: string): Promise<string> {
  const handle = await openTextFile(path, MOST_BYTES);
  try {
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}
