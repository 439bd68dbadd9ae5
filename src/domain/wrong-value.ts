import { EideticError } from './errors.ts';

/** Characters of a wrong value that a message repeats. */
const MOST_SHOWN = 200;

/**
 * Refuses what a person gave for something that has a name.
 * @param name as the person wrote it: `--port`, `EIDETIC_PORT`
 * @param expected in words, as in `a whole number from 1 to 10`
 */
export function wrongValue(name: string, found: unknown, expected: string): EideticError {
  return new EideticError('INVALID_INPUT', `Found ${shown(found)} for ${name}, expected ${expected}.`);
}

function shown(found: unknown): string {
  return found === ''
    ? 'nothing (is a variable empty?)'
    : (JSON.stringify(found) ?? String(found)).slice(0, MOST_SHOWN);
}
