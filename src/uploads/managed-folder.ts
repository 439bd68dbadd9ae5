import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { translateDiskError } from '../domain/disk-error.ts';
import { EideticError } from '../domain/errors.ts';
import type { ContentHash, FileStamp, PictureFormat } from '../domain/picture.ts';

/** The folder of a library in which uploaded pictures are kept, each under its content hash. */
export interface ManagedFolder {
  /** Absolute. */
  readonly root: string;
  pathOf(contentHash: ContentHash, format: PictureFormat): string;
  /** Whether a path lies in it. */
  owns(path: string): boolean;
  /**
   * Writes bytes to a temporary file that survives a power cut; returns its path.
   * @throws EideticError NOT_FOUND when the library is not there any more; STORAGE_FULL, READ_ONLY: nothing is left then
   */
  stage(bytes: Uint8Array): Promise<string>;
  /** Gives a staged file its lasting name; when the promise resolves, the name survives a power cut too. */
  publish(staged: string, path: string): Promise<FileStamp>;
  /** Removes a file of this folder; one that is not there is no error. */
  remove(path: string): Promise<void>;
  /**
   * Notes that a published file is about to be removed, so that one which a kill leaves behind is known to be unwanted;
   * the note survives a power cut. Publishing the same bytes again takes it back.
   */
  noteRemoval(path: string): Promise<void>;
  /** Takes such a note away; one that is not there is no error. */
  forgetRemoval(path: string): Promise<void>;
  /** The paths of which there is a note. */
  notedRemovals(): Promise<string[]>;
  /** The published files, ascending by the bytes of their paths. */
  files(): AsyncIterable<FileStamp>;
  /**
   * Removes what uploads left behind that a kill cut short: staged files older than an hour. What cannot be removed
   * only takes space, and is tried again the next time.
   */
  removeStale(): Promise<void>;
}

/** Another server of the same library may be in the middle of an upload. */
const STALE_MS = 3_600_000;

export function managedFolder(root: string): ManagedFolder {
  const staging = join(root, '.staged');
  const removing = join(root, '.removing');
  const pathOfName = (name: string) => join(root, name.slice(0, 2), name);
  const noteOf = (path: string) => join(removing, basename(path));
  return {
    root,
    pathOf: (contentHash, format) => pathOfName(`${contentHash}.${format}`),
    owns: (path) => path.startsWith(root + sep),
    async stage(bytes) {
      const path = join(staging, randomUUID());
      try {
        await makeFolder(root);
        await makeFolder(staging);
        await writeDurably(path, bytes);
      } catch (error) {
        await rm(path, { force: true }).catch(() => {});
        throw translateDiskError(error, `The upload cannot be kept in ${root}`);
      }
      return path;
    },
    async publish(staged, path) {
      const folder = dirname(path);
      try {
        await mkdir(folder, { recursive: true });
        await rm(noteOf(path), { force: true });
        await rename(staged, path);
        await syncFolder(folder);
        await syncFolder(root);
      } catch (error) {
        throw translateDiskError(error, `The upload cannot be kept in ${root}`);
      }
      return stampOf(path, await stat(path));
    },
    async remove(path) {
      await rm(path, { force: true });
    },
    async noteRemoval(path) {
      await makeFolder(removing);
      await writeDurably(noteOf(path), new Uint8Array(), 'w');
      await syncFolder(removing);
    },
    async forgetRemoval(path) {
      await rm(noteOf(path), { force: true });
    },
    notedRemovals: async () => (await namesIn(removing)).map(pathOfName),
    async *files() {
      for (const folder of await namesIn(root)) {
        const isOurs = [staging, removing].includes(join(root, folder));
        for (const name of isOurs ? [] : await namesIn(join(root, folder))) {
          const path = join(root, folder, name);
          const stats = await stat(path).catch(() => null); // deleted since
          if (stats?.isFile()) {
            yield stampOf(path, stats);
          }
        }
      }
    },
    async removeStale() {
      for (const name of await readdir(staging).catch(() => [])) {
        const path = join(staging, name);
        const stats = await stat(path).catch(() => null);
        if (stats !== null && Date.now() - stats.mtimeMs > STALE_MS) {
          await rm(path, { force: true, recursive: true }).catch(() => {});
        }
      }
    },
  };
}

async function writeDurably(path: string, bytes: Uint8Array, flags = 'wx'): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a folder, and none of those above it: a library that was deleted is not made anew. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') {
      throw new EideticError(
        'NOT_FOUND',
        `The library folder ${dirname(folder)} is not there any more, so nothing can be uploaded into it; put it back, or open another.`,
        { cause },
      );
    }
    if (cause.code !== 'EEXIST') {
      throw cause;
    }
  });
}

/** Nobody but the library writes here, under the hash of the bytes: size tells enough, wherever the library moves. */
function stampOf(path: string, stats: Stats): FileStamp {
  return {
    path,
    sizeBytes: stats.size,
    modifiedMs: stats.mtimeMs,
    changedMs: null,
    inode: null,
    device: null,
  };
}

/** Names of hex digits, whose order is that of their bytes; none in what is not there or no folder. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
      return [];
    }
    throw new EideticError(
      'CATALOG_BUSY',
      `The folder ${folder} of uploads cannot be listed (${error.message}); check its permissions and the disk.`,
      { cause: error },
    );
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
