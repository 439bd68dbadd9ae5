import { open } from 'node:fs/promises';

/** Makes what was written to a file, or the names that were given and taken in a folder, safe from a power cut. */
export async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
