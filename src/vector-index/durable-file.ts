import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a written file safe from a power loss, then gives it its name in one step, over what had it before. */
export async function publishFile(temporaryPath: string, path: string): Promise<void> {
  await syncToDisk(temporaryPath, 'r+');
  await rename(temporaryPath, path);
  // Windows cannot open a folder, and keeps renames without it.
  if (process.platform !== 'win32') await syncToDisk(dirname(path), 'r');
}

async function syncToDisk(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
