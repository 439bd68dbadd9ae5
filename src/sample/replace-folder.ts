import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/**
 * Makes a folder as a whole or not at all: `fill` works in a hidden folder beside it, which then takes its name.
 * What had the name before is deleted. Hidden folders that a killed run left are deleted first.
 */
export async function replaceFolder(
  folder: string,
  fill: (unfinished: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(resolve(folder));
  const prefix = `.${basename(resolve(folder))}.drawing-`;
  await mkdir(parent, { recursive: true });
  await sweep(parent, prefix);
  const unfinished = join(parent, `${prefix}${process.pid}-${randomBytes(4).toString('hex')}`);
  const replaced = `${unfinished}-replaced`;
  await mkdir(unfinished);
  try {
    await fill(unfinished);
    await mkdir(folder, { recursive: true });
    await rename(folder, replaced);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await rm(replaced, { recursive: true, force: true });
  }
}

/** Deletes what dead processes left; a living one is still at work. */
async function sweep(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (pid > 0 && !isAlive(pid)) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
