import { open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hashFile } from '../embedding/model-folder.ts';

/**
 * Compares a file with what is known of it.
 * @returns what is wrong (`found …, expected …`), or null
 */
export async function checkFile(
  path: string,
  expected: { readonly sizeBytes: number | null; readonly sha256: string | null },
): Promise<string | null> {
  const { size } = await stat(path);
  if (expected.sizeBytes !== null && size !== expected.sizeBytes) {
    return `found ${size} bytes, expected ${expected.sizeBytes}`;
  }
  const sha256 = await hashFile(path);
  return expected.sha256 === null || sha256 === expected.sha256
    ? null
    : `found SHA-256 ${sha256} (${size} bytes), expected ${expected.sha256}`;
}

/** Makes a written file safe from a power loss, then gives it its name in one step. */
export async function placeFile(written: string, path: string): Promise<void> {
  await sync(written, 'r+');
  await rename(written, path);
  // Windows cannot open a folder, and keeps renames without it.
  if (process.platform !== 'win32') {
    await sync(dirname(path), 'r');
  }
}

async function sync(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
