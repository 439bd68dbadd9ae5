import { type Command, InvalidArgumentError } from 'commander';
import { EideticError } from '../domain/errors.ts';
import type { RootRules } from '../domain/roots.ts';
import { patternProblem } from '../indexer/pattern-problem.ts';
import { collected } from './parse-option.ts';

/** Flags by which a command changes the rules of the folders that it names. */
export interface RuleFlags {
  /** `false` for --no-exclude. */
  readonly exclude?: readonly string[] | false;
  readonly hidden?: boolean;
  readonly followSymlinks?: boolean;
  readonly acceptRules?: boolean;
}

/** Adds the flags. Without them a folder keeps the rules that it was indexed with before. */
export function addRuleOptions(command: Command): Command {
  return command
    .option(
      '--exclude <glob>',
      'pass over what matches, upper and lower case apart: a name (*.xmp) or a path below the folder (trash/**); may be repeated',
      collected(parsePattern),
    )
    .option('--no-exclude', 'pass over nothing by name any more')
    .option('--hidden', 'also what begins with a dot')
    .option('--no-hidden', 'not what begins with a dot')
    .option('--follow-symlinks', 'follow symbolic links (each folder and file once)')
    .option('--no-follow-symlinks', 'do not follow symbolic links')
    .option('--accept-rules', 'let pictures leave the library that the new rules pass over');
}

function parsePattern(text: string): string {
  const problem = patternProblem(text);
  if (problem !== null) {
    throw new InvalidArgumentError(problem);
  }
  return text;
}

/** Patterns that are written behind one --exclude are taken for folders, which are then not found; says so. */
export async function explainExclude<Result>(
  { exclude }: RuleFlags,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (exclude && error instanceof EideticError && error.details['root'] !== undefined) {
      throw new EideticError(
        error.code,
        `${error.message} --exclude takes one pattern; for several, repeat it: --exclude A --exclude B.`,
        { cause: error, details: error.details },
      );
    }
    throw error;
  }
}

/** What the flags change; what was not said stays as it is. */
export function rulesOf({ exclude, hidden, followSymlinks }: RuleFlags): Partial<RootRules> {
  return {
    ...(exclude === undefined ? {} : { exclude: exclude === false ? [] : exclude }),
    ...(hidden === undefined ? {} : { includeHidden: hidden }),
    ...(followSymlinks === undefined ? {} : { followSymlinks }),
  };
}
