import { readFile, unlink } from 'node:fs/promises';
import { isAbsent } from '../domain/describe-system-error.ts';
import type { Step } from './journal-entry.ts';

/** Takes away what the trash was told of a file, whole or half written; what somebody else told it stays. */
export async function removeInfo(info: Step['info']): Promise<void> {
  if (info === null) {
    return;
  }
  try {
    if (info.text.startsWith(await readFile(info.path, 'utf8'))) {
      await unlink(info.path);
    }
  } catch (error) {
    if (!isAbsent(error)) {
      throw error;
    }
  }
}
