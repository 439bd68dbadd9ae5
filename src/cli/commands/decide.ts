import { userInfo } from 'node:os';
import { Argument, Command } from 'commander';
import { DECISION_KINDS, type DecisionKind } from '../../domain/decision.ts';
import { EideticError } from '../../domain/errors.ts';
import type { PictureId } from '../../domain/picture.ts';
import { decidePictures } from '../../engine/decide-pictures.ts';
import { describeDecision } from '../../engine/describe-decisions.ts';
import { namedPictures } from '../../engine/named-pictures.ts';
import { decidedLines } from '../decision-text.ts';
import { withLibrary } from '../global-options.ts';
import { collected, parsePath, parsePositive, parseWord } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';

interface DecideFlags {
  readonly id?: readonly PictureId[];
  readonly note?: string;
  readonly by?: string;
  readonly json?: boolean;
}

export function decideCommand(): Command {
  return new Command('decide')
    .description('remember what you decided of pictures, so that reports heed it')
    .addArgument(new Argument('<kind>', 'what they are to you, every two of them').choices(DECISION_KINDS))
    .argument('[files...]', 'files of the library', collected(parsePath))
    .option('--id <ids...>', 'pictures by their ids, as reports show them', collected(parsePositive))
    .option('--note <text>', 'why', parseWord)
    .option('--by <name>', 'who decides (default: the name of the user)', parseWord)
    .option('--json', 'print the decisions as JSON')
    .addHelpText(
      'after',
      `
Examples:
  eidetic decide not-copy IMG_1.jpg IMG_2.jpg --note "two shots"
  eidetic decide keep-both original.tif web.jpg
  eidetic decide copy --id 12 40
  eidetic decide undecided IMG_1.jpg IMG_2.jpg

  copy       one was made from the other, or both from one; reports of copies believe it without looking
  not-copy   different photographs: in no group or pair together, whatever they look like
  keep-both  whatever they are to each other, each of them stays: a group of which that was said of every two is left out
  undecided  takes back what was said of exactly these pictures

A decision is about pictures, not files: it holds after moves, in a library that was indexed anew with another model, and after
their metadata were rewritten. Of two pictures the last decision holds that has both. Files of the same bytes are one
picture: several of them that are named are all kept by keep-both.`,
    )
    .action(async (kind: DecisionKind, files: readonly string[], flags: DecideFlags, command: Command) => {
      const { id: ids = [], note = null } = flags;
      if (files.length + ids.length === 0) {
        throw new EideticError(
          'INVALID_INPUT',
          'Found no picture to decide about; name files, or ids with --id.',
        );
      }
      const decidedBy = flags.by ?? userName();
      const decided = await withLibrary(command, async (library) => {
        const { catalog } = library;
        const named = [...(await namedPictures(library, files)), ...new Set(ids)];
        const sets = setsOf(kind, named);
        const recorded = await decidePictures(library, { kind, sets, decidedBy, note });
        return Promise.all(recorded.map((one) => describeDecision(catalog, one, kind !== 'undecided')));
      });
      if (flags.json) {
        await printJson(decided);
      } else {
        await printLines(decided.flatMap(decidedLines));
      }
    });
}

/** The pictures that were named; where that is about files, also each of which several were. */
function setsOf(kind: DecisionKind, named: readonly PictureId[]): PictureId[][] {
  const all = [...new Set(named)];
  const several = all.filter((id) => named.indexOf(id) !== named.lastIndexOf(id));
  const isOfFiles = kind === 'keep-both' || kind === 'undecided';
  return [all, ...(isOfFiles && all.length > 1 ? several.map((id) => [id]) : [])];
}

function userName(): string {
  try {
    return userInfo().username;
  } catch (cause) {
    throw new EideticError(
      'INVALID_INPUT',
      'The system has no name for this user; say who decides with --by.',
      {
        cause,
      },
    );
  }
}
