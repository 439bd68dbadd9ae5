import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { ContentHash, FileStamp, PictureFormat } from '../domain/picture.ts';

/** The folder of a library in which uploaded pictures are kept, each under its content hash. */
export interface ManagedFolder {
  /** Absolute. */
  readonly root: string;
  pathOf(contentHash: ContentHash, format: PictureFormat): string;
  /** Whether a path lies in it. */
  owns(path: string): boolean;
  /** Writes bytes to a temporary file that survives a power cut; returns its path. */
  stage(bytes: Uint8Array): Promise<string>;
  /** Gives a staged file its lasting name; when the promise resolves, the name survives a power cut too. */
  publish(staged: string, path: string): Promise<FileStamp>;
  /** Removes a file of this folder; one that is not there is no error. */
  remove(path: string): Promise<void>;
  /** The published files, ascending by the bytes of their paths. */
  files(): AsyncIterable<FileStamp>;
  /** Removes what uploads left behind that a kill cut short: staged files older than an hour. */
  removeStale(): Promise<void>;
}

/** Another server of the same library may be in the middle of an upload. */
const STALE_MS = 3_600_000;

export function managedFolder(root: string): ManagedFolder {
  const staging = join(root, '.staged');
  return {
    root,
    pathOf: (contentHash, format) => join(root, contentHash.slice(0, 2), `${contentHash}.${format}`),
    owns: (path) => path.startsWith(root + sep),
    async stage(bytes) {
      await mkdir(staging, { recursive: true });
      const path = join(staging, randomUUID());
      const file = await open(path, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      return path;
    },
    async publish(staged, path) {
      const folder = dirname(path);
      await mkdir(folder, { recursive: true });
      await rename(staged, path);
      await syncFolder(folder);
      await syncFolder(root);
      const stats = await stat(path);
      return { path, sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
    },
    async remove(path) {
      await rm(path, { force: true });
    },
    async *files() {
      for (const folder of await namesIn(root)) {
        for (const name of join(root, folder) === staging ? [] : await namesIn(join(root, folder))) {
          const path = join(root, folder, name);
          const stats = await stat(path).catch(() => null); // deleted since
          if (stats?.isFile()) {
            yield { path, sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
          }
        }
      }
    },
    async removeStale() {
      for (const name of await readdir(staging).catch(() => [])) {
        const path = join(staging, name);
        const stats = await stat(path).catch(() => null);
        if (stats !== null && Date.now() - stats.mtimeMs > STALE_MS) {
          await rm(path, { force: true });
        }
      }
    },
  };
}

/** Names of hex digits, whose order is that of their bytes; none in what is not there or no folder. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return [];
    }
    throw error;
  });
  return names.sort();
}

/** Windows cannot open a folder, and keeps renames without it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') {
    return;
  }
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
