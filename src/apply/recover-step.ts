import type { BigIntStats } from 'node:fs';
import { rm, unlink } from 'node:fs/promises';
import type { FileMark, Step } from './journal-entry.ts';
import { removeInfo } from './remove-info.ts';
import { lstatOrNull, seeFile } from './seen-file.ts';

/** Where a file is that was on its way when something came between: where it was, or where it should go. */
export type Recovered = 'at its place' | 'away' | 'nowhere';

/**
 * Finds out how far a step came, and takes away what was left half done. Of two names that a file has then, that goes
 * which it was leaving.
 * @param towards whether it was on its way `out`, or `back`
 */
export async function recoverStep(step: Step, towards: 'out' | 'back'): Promise<Recovered> {
  switch (step.action) {
    case 'trash':
    case 'move':
      return recoverMove(step, towards);
    case 'delete':
      return (await lstatOrNull(step.from)) === null ? 'away' : 'at its place';
    case 'hardlink':
      await removeTemporary(step);
      return (await areOneFile(step.from, step.keep)) ? 'away' : 'at its place';
    case 'reflink':
      await removeTemporary(step);
      return towards === 'back' || !(await isReplaced(step)) ? 'at its place' : 'away';
  }
}

async function recoverMove({ from, to, info, file }: Step, towards: 'out' | 'back'): Promise<Recovered> {
  const place = to as string;
  const isAt = isInode(file, await lstatOrNull(from));
  const isAway = isInode(file, await lstatOrNull(place));
  const isOut = isAt && isAway ? (await settle(from, place, towards)) === place : isAway;
  if (!isOut && isAt) {
    await removeInfo(info);
    return 'at its place';
  }
  return isOut ? 'away' : 'nowhere';
}

/** Takes the name away that a file was leaving, or the other where that cannot be taken. @returns the one that it keeps */
async function settle(from: string, place: string, towards: 'out' | 'back'): Promise<string> {
  const [leaving, going] = towards === 'out' ? [from, place] : [place, from];
  try {
    await unlink(leaving);
    return going;
  } catch {
    await unlink(going);
    return leaving;
  }
}

/** What takes a file's place is made beside it, and moved over it in one step. */
async function removeTemporary({ temporary }: Step): Promise<void> {
  await rm(temporary as string, { force: true });
}

/** Whether another file with the same bytes has taken its place. */
async function isReplaced({ from, file, contentHash }: Step): Promise<boolean> {
  const there = await lstatOrNull(from);
  return there !== null && !isInode(file, there) && (await seeFile(from)).contentHash === contentHash;
}

/** Whoever writes to a file while it is on its way makes no other file of it. */
function isInode({ inode }: FileMark, there: BigIntStats | null): boolean {
  return there?.isFile() === true && String(there.ino) === inode;
}

async function areOneFile(a: string, b: string): Promise<boolean> {
  const [one, other] = [await lstatOrNull(a), await lstatOrNull(b)];
  return one !== null && other !== null && one.dev === other.dev && one.ino === other.ino;
}
