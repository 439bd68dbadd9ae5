import { constants } from 'node:fs';
import { copyFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolders } from '../domain/make-folders.ts';
import { copyAttributes } from './copy-attributes.ts';
import type { Step } from './journal-entry.ts';
import { moveFile } from './move-file.ts';
import { Refusal } from './refusal.ts';
import { removeInfo } from './remove-info.ts';
import { lstatOrNull, seeFile } from './seen-file.ts';
import { syncToDisk } from './sync-to-disk.ts';

/**
 * Looks whether a step can be taken back: what was dropped is there and whole, and nothing has taken its place.
 * @returns whether somebody has put it back already, so that nothing is to be done
 * @throws Refusal when not
 */
export async function checkUndo({ action, from, to, contentHash }: Step): Promise<boolean> {
  switch (action) {
    case 'trash':
    case 'move': {
      if (await isBack(from, to as string, contentHash)) {
        return true;
      }
      if ((await seeFile(to as string)).contentHash !== contentHash) {
        throw new Refusal(`${to} has other bytes by now`);
      }
      const there = await lstatOrNull(from);
      if (there !== null) {
        throw new Refusal('something else is at its place by now');
      }
      return false;
    }
    case 'hardlink':
      if ((await seeFile(from)).contentHash !== contentHash) {
        throw new Refusal('it was changed since, by this or the other of its names');
      }
      return false;
    case 'reflink':
      return false;
    case 'delete':
      throw new Refusal('it was deleted for good');
  }
}

/** As by a file manager, which takes a file out of the trash without a word to anybody else. */
async function isBack(from: string, to: string, contentHash: string): Promise<boolean> {
  const [there, away] = [await lstatOrNull(from), await lstatOrNull(to)];
  return there?.isFile() === true && away === null && (await seeFile(from)).contentHash === contentHash;
}

/** Takes a step back; see {@link checkUndo}. @throws Refusal and system errors; it can be tried again then */
export async function undoStep(step: Step): Promise<void> {
  switch (step.action) {
    case 'trash':
    case 'move':
      makeFolders(dirname(step.from)); // one that somebody has removed since
      await moveFile(step.to as string, step.from);
      return removeInfo(step.info);
    case 'hardlink':
      return partAgain(step);
    default: // a file that shares blocks is a file of its own already
  }
}

/** Makes two files of one, each with the attributes that it had. */
async function partAgain({ from, temporary, attributes, contentHash }: Step): Promise<void> {
  const place = temporary as string;
  await copyFile(from, place, constants.COPYFILE_EXCL);
  await copyAttributes(attributes as string, place);
  if ((await seeFile(place)).contentHash !== contentHash) {
    throw new Refusal('it was changed since, by this or the other of its names');
  }
  await syncToDisk(place);
  await rename(place, from);
}
