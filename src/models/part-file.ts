import { randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a begun download was a download of. */
export interface PartOrigin {
  readonly url: string;
  /** The server's name for this very content, or null. */
  readonly etag: string | null;
  /** SHA-256 it is to have, or null. */
  readonly sha256: string | null;
}

/** A begun download on disk: a file of its own for each process, and beside it what it is a part of. */
export interface PartFile {
  readonly path: string;
  readonly originPath: string;
  /** What lies on disk is a part of this; null while nothing does. */
  origin: PartOrigin | null;
}

/** Parts that this process is working on: after a restart in a container another process has the same pid. */
const ours = new Set<string>();

/**
 * A place to download to: the largest part that a process which has ended left behind, or a new one. A part is taken
 * over by renaming it, which only one of two processes can do.
 * @param name of the file that it will become
 */
export async function claimPart(folder: string, name: string): Promise<PartFile> {
  const path = join(folder, `${name}.${process.pid}-${randomBytes(4).toString('hex')}.part`);
  ours.add(path);
  for (const left of await partsLeft(folder, name)) {
    const taken = await rename(left, path).then(
      () => true,
      () => false, // another process was quicker
    );
    if (taken) {
      const origin = await readOrigin(originOf(left));
      await rm(originOf(left), { force: true });
      const part: PartFile = { path, originPath: originOf(path), origin: null };
      if (origin !== null) {
        await saveOrigin(part, origin);
      }
      return part;
    }
  }
  return { path, originPath: originOf(path), origin: null };
}

/** Notes what the part is a part of, before the first byte of it is written. */
export async function saveOrigin(part: PartFile, origin: PartOrigin): Promise<void> {
  await writeFile(part.originPath, JSON.stringify(origin));
  part.origin = origin;
}

/** Lets go of a part. What is on disk stays for the next try. */
export function releasePart(part: PartFile): void {
  ours.delete(part.path);
}

export async function deletePart(part: PartFile): Promise<void> {
  await rm(part.path, { force: true });
  await rm(part.originPath, { force: true });
  releasePart(part);
}

/** Deletes what ended processes left of a file that is complete now. */
export async function deletePartsLeft(folder: string, name: string): Promise<void> {
  for (const left of await partsLeft(folder, name)) {
    await rm(left, { force: true });
    await rm(originOf(left), { force: true });
  }
}

/** Parts of the file whose process has ended, largest first. */
async function partsLeft(folder: string, name: string): Promise<string[]> {
  const parts: Array<{ readonly path: string; readonly sizeBytes: number }> = [];
  for (const entry of await readdir(folder)) {
    const pid = entry.startsWith(`${name}.`)
      ? /^(\d+)-[0-9a-f]+\.part$/.exec(entry.slice(name.length + 1))?.[1]
      : undefined;
    const path = join(folder, entry);
    if (pid !== undefined && !ours.has(path) && (Number(pid) === process.pid || !isRunning(Number(pid)))) {
      const found = await stat(path).catch(() => null);
      parts.push({ path, sizeBytes: found?.size ?? 0 });
    }
  }
  return parts.sort((a, b) => b.sizeBytes - a.sizeBytes).map(({ path }) => path);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function originOf(path: string): string {
  return `${path}.json`;
}

async function readOrigin(path: string): Promise<PartOrigin | null> {
  try {
    const origin = JSON.parse(await readFile(path, 'utf8')) as Partial<PartOrigin>;
    return { url: String(origin.url), etag: origin.etag ?? null, sha256: origin.sha256 ?? null };
  } catch {
    return null; // without it the part is begun anew
  }
}
