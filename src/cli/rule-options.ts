import type { Command } from 'commander';
import type { RootRules } from '../domain/roots.ts';

/** Flags by which a command changes the rules of the folders that it names. */
export interface RuleFlags {
  /** `false` for --no-exclude. */
  readonly exclude?: string[] | false;
  readonly hidden?: boolean;
  readonly followSymlinks?: boolean;
  readonly acceptRules?: boolean;
}

/** Adds the flags. Without them a folder keeps the rules that it was indexed with before. */
export function addRuleOptions(command: Command): Command {
  return command
    .option(
      '--exclude <glob...>',
      'pass over what matches: a name (*.xmp) or a path below the folder (trash/**)',
    )
    .option('--no-exclude', 'pass over nothing by name any more')
    .option('--hidden', 'also what begins with a dot')
    .option('--no-hidden', 'not what begins with a dot')
    .option('--follow-symlinks', 'follow symbolic links (each folder and file once)')
    .option('--no-follow-symlinks', 'do not follow symbolic links')
    .option('--accept-rules', 'let pictures leave the library that the new rules pass over');
}

/** What the flags change; what was not said stays as it is. */
export function rulesOf({ exclude, hidden, followSymlinks }: RuleFlags): Partial<RootRules> {
  return {
    ...(exclude === undefined ? {} : { exclude: exclude === false ? [] : exclude }),
    ...(hidden === undefined ? {} : { includeHidden: hidden }),
    ...(followSymlinks === undefined ? {} : { followSymlinks }),
  };
}
