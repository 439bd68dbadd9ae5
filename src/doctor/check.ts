import { EideticError } from '../domain/errors.ts';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly isSound: boolean;
  /** What was found, a sentence or two. */
  readonly finding: string;
  /** Whether `--repair` mended it. */
  readonly isRepaired: boolean;
  /** Whether something is to be known or done though nothing is damaged. */
  readonly isNote: boolean;
}

export function checkOf(name: string, isSound: boolean, finding: string, isRepaired = false): Check {
  return { name, isSound, finding, isRepaired, isNote: false };
}

/** Of something that is sound. */
export function noteOf(name: string, finding: string, isNote: boolean): Check {
  return { ...checkOf(name, true, finding), isNote };
}

/**
 * Looks at one thing. What keeps it from being looked at, such as damage, is a finding too; a bug is none.
 * @param isDamaged whether the catalog is known to be damaged: then what is read from it may be anything, and whatever
 *   comes of that is a finding
 */
export async function attempt(name: string, look: () => Promise<Check>, isDamaged: boolean): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof EideticError || isDamaged) {
      return checkOf(name, false, (error as Error).message);
    }
    throw error;
  }
}
