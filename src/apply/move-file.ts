import { link, rename, unlink } from 'node:fs/promises';
import { Refusal } from './refusal.ts';
import { lstatOrNull } from './seen-file.ts';

/**
 * Gives a file another name on its file system, and never takes the place of what is there. In between it has both, so
 * that at no moment it has none.
 * @throws Refusal when something is there; a system error (EXDEV on another file system)
 */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new Refusal(`something is at ${to} already`);
    }
    if (code === undefined || !WITHOUT_LINKS.includes(code)) {
      throw error;
    }
    await renameIfFree(from, to);
    return;
  }
  try {
    await unlink(from);
  } catch (error) {
    await unlink(to); // where its old name cannot be taken, it gets no new one
    throw error;
  }
}

/** File systems that know no hard links, users who may make none, and files that have as many as they can. */
const WITHOUT_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

async function renameIfFree(from: string, to: string): Promise<void> {
  if ((await lstatOrNull(to)) !== null) {
    throw new Refusal(`something is at ${to} already`);
  }
  await rename(from, to);
}
