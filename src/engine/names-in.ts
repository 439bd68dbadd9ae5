import { readdir } from 'node:fs/promises';
import { isAbsent } from '../domain/describe-system-error.ts';

/** The names in a folder that need not be there. @throws a system error when it cannot be listed */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) {
      return [];
    }
    throw error;
  }
}
