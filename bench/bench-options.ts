import { parseArgs } from 'node:util';
import { SET_NAMES, type SetName } from './picture-sets.ts';

/** What the benches are asked for. */
export interface BenchOptions {
  /** Name of the one bench to run, or null for all. */
  readonly bench: string | null;
  /** Folders named after the bench. */
  readonly folders: readonly string[];
  readonly rounds: number;
  readonly sets: readonly SetName[];
  /** Take only so many pictures of each set: for a look at the bench, not for a table. */
  readonly pictures: number;
  readonly isJson: boolean;
  /** Says what is not a result: beside the results, or, when those are JSON lines, on stderr. */
  readonly say: (line: string) => void;
}

/** @throws Error when the command line is not as expected */
export function benchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: 'string', default: '3' },
      set: { type: 'string', multiple: true },
      pictures: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [bench = null, ...folders] = positionals;
  return {
    bench,
    folders,
    rounds: wholeNumber(values.rounds),
    sets: (values.set ?? SET_NAMES).map(requireSetName),
    pictures: values.pictures === undefined ? Number.POSITIVE_INFINITY : wholeNumber(values.pictures),
    isJson: values.json,
    say: values.json ? console.error : console.log,
  };
}

function requireSetName(name: string): SetName {
  const known = SET_NAMES.find((known) => known === name);
  if (known === undefined) {
    throw new Error(`Found the set "${name}", expected one of ${SET_NAMES.join(', ')}.`);
  }
  return known;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Error(`Found "${text}", expected a whole number above 0.`);
  }
  return value;
}
