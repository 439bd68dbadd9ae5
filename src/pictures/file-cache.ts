import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files that can be made again. Nothing here ever fails: what cannot be kept is made again. */
export interface FileCache {
  /** @param name relative path. @returns null when it is not kept */
  read(name: string): Promise<Uint8Array | null>;
  /** No reader ever sees half a file. @returns when it is kept, or cannot be, and so are all before it */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** What a file takes of most disks, beside its bytes: whole blocks. */
const BLOCK = 4_096;

/**
 * Keeps the files that were used last in two generations, of half the bound each: what is written or read goes to the
 * young one; when that is full, it becomes the old one, and what was old until then goes. So no file needs a note of
 * when it was used, and a crash at any moment leaves a cache. Source: the two-generation approximation of
 * least-recently-used, as in semi-space collectors.
 * @param folder absolute; made when something is kept. Nothing else may lie there
 * @param maxBytes most that they take on disk; several processes on one folder have so much each
 */
export function fileCache(folder: string, maxBytes: number): FileCache {
  const young = join(folder, 'young');
  const old = join(folder, 'old');
  let youngBytes = 0;
  let measuring: Promise<void> | null = null;
  let turn: Promise<void> = Promise.resolve();

  /** What earlier processes have left is counted once, when the first file comes. */
  const measure = (): Promise<void> => {
    measuring ??= Promise.all([sizeOf(young), removeForeign(folder)]).then(([size]) => {
      youngBytes += size;
    });
    return measuring;
  };
  const turnOver = async (): Promise<void> => {
    const gone = join(folder, `gone-${randomUUID()}`);
    await rename(old, gone).catch(() => {});
    await rename(young, old).catch(() => {});
    youngBytes = 0;
    await rm(gone, { recursive: true, force: true }).catch(() => {});
  };
  const place = async (name: string, bytes: Uint8Array): Promise<void> => {
    await measure();
    if (youngBytes + onDisk(bytes.byteLength) > maxBytes / 2) {
      await turnOver();
    }
    youngBytes += onDisk(bytes.byteLength);
    const file = join(young, name);
    const temporary = `${file}.${randomUUID()}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(temporary, bytes);
      await rename(temporary, file);
    } catch {
      await rm(temporary, { force: true }).catch(() => {});
    }
  };
  const write = (name: string, bytes: Uint8Array): Promise<void> => {
    turn = turn.then(() => place(name, bytes));
    return turn;
  };

  return {
    write,
    async read(name) {
      const fresh = await readFile(join(young, name)).catch(() => null);
      const stale = fresh ?? (await readFile(join(old, name)).catch(() => null));
      if (fresh === null && stale !== null) {
        // Who reads does not wait for it: counting what lies there can take seconds.
        void write(name, stale).then(() => rm(join(old, name), { force: true }).catch(() => {}));
      }
      return stale;
    },
  };
}

function onDisk(bytes: number): number {
  return Math.ceil(bytes / BLOCK) * BLOCK;
}

/** Bytes on disk of all files below a folder; 0 when there is none. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const isFolder = (entry: Dirent) => entry.isDirectory();
  const sizes = await Promise.all(
    entries
      .filter((entry) => !isFolder(entry))
      .map(({ name }) =>
        stat(join(folder, name)).then(
          ({ size }) => onDisk(size),
          () => 0,
        ),
      ),
  );
  let size = sizes.reduce((sum, one) => sum + one, 0);
  for (const { name } of entries.filter(isFolder)) {
    size += await sizeOf(join(folder, name)); // not all of a large cache at once
  }
  return size;
}

/** What a process that was killed had begun to remove, and what older versions kept here otherwise. */
async function removeForeign(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name !== 'young' && name !== 'old') {
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
    }
  }
}
