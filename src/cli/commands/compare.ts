import { resolve } from 'node:path';
import { Command } from 'commander';
import { compareFiles } from '../../engine/compare-files.ts';
import { comparisonToJson } from '../comparison-json.ts';
import { comparisonToText } from '../comparison-text.ts';
import { addDecodingOptions, configOf, say } from '../global-options.ts';
import { parsePath } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';
import { requireEnding } from '../require-ending.ts';
import { refuseExisting, writeNewFile } from '../write-new-file.ts';

interface CompareFlags {
  readonly overlay?: string;
  readonly json?: boolean;
}

export function compareCommand(): Command {
  return addDecodingOptions(new Command('compare'))
    .description('whether one picture is a copy of another, how it was edited, and how that is known')
    .argument('<a>', 'a picture file', parsePath)
    .argument('<b>', 'another one', parsePath)
    .option('--overlay <file.png>', 'draw how one lies on the other, into a new file', parsePath)
    .option('--json', 'print relation, sentences and all evidence as JSON')
    .addHelpText(
      'after',
      `
Examples:
  eidetic compare original.jpg found-on-the-web.jpg
  eidetic compare original.jpg crop.jpg --overlay crop-in-original.png

The first line says what the two are:
  identical        the same bytes
  same-image-data  the same coded picture; only metadata differs
  same-pixels      every pixel is equal
  copy             one was made from the other, or both from one
  burst            they look like one, and were taken at different times
  unsure           they may be a copy, or another shot; the pictures do not tell
  alike            things in both fit together: another shot, or another thing of the kind
  different        nothing in them was found to fit together
  plain            both are blank, or next to it: there is nothing to compare
The drawing shows both, each with the outline of the other, and below B where it lies in A, gray under tints: what
agrees, what differs, and what is too flat to tell; what has no tint was not compared.
No library is needed, and none is changed. The exit code is 0 whatever they are.`,
    )
    .action(async (a: string, b: string, { overlay, json }: CompareFlags, command: Command) => {
      const drawing = overlay === undefined ? null : resolve(overlay);
      if (drawing !== null) {
        requireEnding('--overlay', drawing, '.png');
        await refuseExisting(drawing); // before it takes its time
      }
      const { limits } = configOf(command);
      const comparison = await compareFiles(limits, a, b, { withOverlay: drawing !== null });
      if (drawing !== null && comparison.overlay !== null) {
        await writeNewFile(drawing, comparison.overlay);
        say(`Drawn into ${drawing}.`);
      }
      await (json
        ? printJson(comparisonToJson(comparison, drawing))
        : printLines(comparisonToText(comparison)));
    });
}
