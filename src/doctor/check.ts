import { EideticError } from '../domain/errors.ts';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly isSound: boolean;
  /** What was found, a sentence or two. */
  readonly finding: string;
  /** Whether `--repair` mended it. */
  readonly isRepaired: boolean;
}

export function checkOf(name: string, isSound: boolean, finding: string, isRepaired = false): Check {
  return { name, isSound, finding, isRepaired };
}

/** Looks at one thing. What keeps it from being looked at, such as damage, is a finding too; a bug is none. */
export async function attempt(name: string, look: () => Promise<Check>): Promise<Check> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof EideticError) {
      return checkOf(name, false, error.message);
    }
    throw error;
  }
}
