import { type Command, Option } from 'commander';
import { EideticError } from '../domain/errors.ts';
import type { ReportQuestion } from '../duplicates/report-question.ts';
import { askAboutFolders } from '../engine/ask-about-folders.ts';
import { findNamedPlace } from '../engine/find-named-place.ts';
import type { Library } from '../engine/library.ts';
import { collected, parsePath } from './parse-option.ts';

/** Which folders a duplicate report is about. */
export interface QuestionFlags {
  readonly across?: readonly string[];
  readonly within?: readonly string[];
  readonly reference?: readonly string[];
}

export function addQuestionOptions(command: Command): Command {
  return command
    .argument('[folders...]', 'only files in these folders; --within says the same', collected(parsePath))
    .addOption(
      new Option(
        '--across <folders...>',
        'only what has files in two of these folders, two or more: what comes in and an archive, the splits of a data set',
      ).argParser(collected(parsePath)),
    )
    .addOption(
      new Option('--within <folders...>', 'only files in these folders')
        .argParser(collected(parsePath))
        .conflicts('across'),
    )
    .addOption(
      new Option(
        '--reference <folders...>',
        'files in these folders are kept: they come first, are never counted as bytes that could be freed, and make no group by themselves',
      ).argParser(collected(parsePath)),
    );
}

/**
 * The flags with the folders that were named without one.
 * @throws EideticError INVALID_INPUT beside --across
 */
export function askedIn<Flags extends QuestionFlags>(folders: readonly string[], flags: Flags): Flags {
  const [first] = folders;
  if (first === undefined) {
    return flags;
  }
  if (flags.across !== undefined) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${first} beside --across, expected folders behind one of the two: --across tells what lies in two of them, folders alone what lies in any.`,
    );
  }
  return { ...flags, within: [...folders, ...(flags.within ?? [])] };
}

/** @throws EideticError NOT_FOUND, INVALID_INPUT for folders that nothing can be asked about */
export function questionOf(
  library: Library,
  { across = [], within = [], reference = [] }: QuestionFlags,
): Promise<ReportQuestion> {
  return askAboutFolders(library.catalog.pictures, { across, within, reference }, (named) =>
    findNamedPlace(library, named),
  );
}
