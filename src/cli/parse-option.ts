import { InvalidArgumentError } from 'commander';
import { expandHome } from '../config/home-folder.ts';
import { EideticError } from '../domain/errors.ts';
import { isMinSimilarity } from '../domain/least-similarity.ts';
import { parseDecimal, parseWholeNumber } from '../domain/plain-number.ts';

// What commander calls with the value of an option or argument; it prints the message with the name of either.

export function parseSimilarity(text: string): number {
  const value = parseDecimal(text);
  if (value === null || !isMinSimilarity(value)) {
    throw new InvalidArgumentError('Expected a number from -1 to 1, in plain digits.');
  }
  return value;
}

export function parsePrecision(text: string): number {
  const value = parseDecimal(text);
  if (value === null || value < 0.5 || value > 1) {
    throw new InvalidArgumentError('Expected a number from 0.5 to 1, in plain digits.');
  }
  return value;
}

export function parsePositive(text: string): number {
  const value = parseWholeNumber(text);
  if (value === null || value < 1) {
    throw new InvalidArgumentError('Expected a whole number above 0, in plain digits.');
  }
  return value;
}

export function parseCount(text: string): number {
  const value = parseWholeNumber(text);
  if (value === null) {
    throw new InvalidArgumentError('Expected a whole number, 0 or more, in plain digits.');
  }
  return value;
}

/** A word with something in it: an empty one is what a shell makes of a variable that is not set. */
export function parseWord(text: string): string {
  if (text === '') {
    throw new InvalidArgumentError('Found nothing; is a variable empty?');
  }
  return text;
}

/** The path of a file or folder; `~/…` is understood, because not every shell does so after `--option=`. */
export function parsePath(text: string): string {
  try {
    return expandHome(parseWord(text), 'it');
  } catch (error) {
    throw error instanceof EideticError ? new InvalidArgumentError(error.message) : error;
  }
}

/**
 * For an option that may be given several times, with one value each: one that took all words after it would take those
 * that stand for something else.
 * @param former what was given before; `false` for an option that was negated
 */
export function collected<Value>(
  parse: (text: string) => Value,
): (text: string, former: readonly Value[] | false | undefined) => readonly Value[] {
  return (text, former) => [...(former || []), parse(text)];
}
