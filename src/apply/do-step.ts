import { constants } from 'node:fs';
import { copyFile, link, mkdir, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { copyAttributes } from './copy-attributes.ts';
import type { Step } from './journal-entry.ts';
import { moveFile } from './move-file.ts';
import type { PreparedStep } from './prepare-step.ts';
import { Refusal } from './refusal.ts';
import { removeInfo } from './remove-info.ts';
import { isMarked, isStillThere, lstatOrNull, seeFile } from './seen-file.ts';
import { syncToDisk } from './sync-to-disk.ts';

/**
 * Does what was written down. Both files are looked at once more, the moment before.
 * @throws Refusal and system errors; then nothing of it is left, but for what {@link recoverStep} takes away
 */
export async function doStep({ step, drop, keep }: PreparedStep): Promise<void> {
  if (!(await isStillThere(drop, false))) {
    throw new Refusal('it changed the moment before');
  }
  if (!(await isStillThere(keep, true))) {
    throw new Refusal(`the file that stays, ${keep.path}, changed the moment before`);
  }
  switch (step.action) {
    case 'trash':
    case 'move':
      return moveAway(step);
    case 'delete':
      return unlink(step.from);
    case 'hardlink':
      await link(step.keep, await prepareReplacing(step));
      return replace(step);
    case 'reflink':
      await shareBlocks(step, await prepareReplacing(step));
      return replace(step);
  }
}

async function moveAway({ from, to, info, file }: Step): Promise<void> {
  if (info !== null) {
    await writeInfo(info);
  }
  const place = to as string;
  await moveFile(from, place);
  if (!isMarked(file, await lstatOrNull(place))) {
    await moveFile(place, from);
    await removeInfo(info);
    throw new Refusal('somebody wrote to it while it was moved, so it was put back');
  }
}

async function writeInfo({ path, text }: { readonly path: string; readonly text: string }): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST'
      ? new Refusal(`its name in the trash was taken meanwhile; apply the plan again`)
      : error;
  }
}

/** @returns where what takes its place is to be made */
async function prepareReplacing({ from, temporary, attributes }: Step): Promise<string> {
  const kept = attributes as string;
  await mkdir(dirname(kept), { recursive: true });
  await copyAttributes(from, kept);
  await syncToDisk(kept);
  await syncToDisk(dirname(kept));
  return temporary as string;
}

/** Its own file with its own attributes, whose bytes lie where those of the kept file lie. */
async function shareBlocks({ from, keep, contentHash }: Step, temporary: string): Promise<void> {
  try {
    await copyFile(keep, temporary, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOTSUP' ||
      code === 'EOPNOTSUPP' ||
      code === 'ENOSYS' ||
      code === 'EXDEV' ||
      code === 'EINVAL'
      ? new Refusal('its file system cannot share blocks between files (btrfs and xfs can)')
      : error;
  }
  await copyAttributes(from, temporary);
  if ((await seeFile(temporary)).contentHash !== contentHash) {
    throw new Refusal('what would take its place has other bytes');
  }
}

async function replace({ from, temporary }: Step): Promise<void> {
  await rename(temporary as string, from);
}
