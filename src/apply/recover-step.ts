import { rm, unlink } from 'node:fs/promises';
import type { Step } from './journal-entry.ts';
import { removeInfo } from './remove-info.ts';
import { isMarked, lstatOrNull } from './seen-file.ts';

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
      return isMarked(step.file, await lstatOrNull(step.from)) ? 'at its place' : 'away';
    case 'hardlink':
      await removeTemporary(step);
      return (await areOneFile(step.from, step.keep)) ? 'away' : 'at its place';
    case 'reflink':
      await removeTemporary(step);
      return towards === 'back' || isMarked(step.file, await lstatOrNull(step.from))
        ? 'at its place'
        : 'away';
  }
}

async function recoverMove({ from, to, info, file }: Step, towards: 'out' | 'back'): Promise<Recovered> {
  const place = to as string;
  const isAt = isMarked(file, await lstatOrNull(from));
  const isAway = isMarked(file, await lstatOrNull(place));
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

async function areOneFile(a: string, b: string): Promise<boolean> {
  const [one, other] = [await lstatOrNull(a), await lstatOrNull(b)];
  return one !== null && other !== null && one.dev === other.dev && one.ino === other.ino;
}
