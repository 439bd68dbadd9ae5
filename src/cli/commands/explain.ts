import { Command } from 'commander';
import { explainFiles } from '../../engine/explain-files.ts';
import { comparisonToJson } from '../comparison-json.ts';
import { explanationToText } from '../explanation-text.ts';
import { addLimitOptions, withLibrary } from '../global-options.ts';
import { parsePath } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';

export function explainCommand(): Command {
  return addLimitOptions(new Command('explain'))
    .description('how the library comes to say what two pictures are: each stage, its number and the bound')
    .argument('<a>', 'a picture file, of the library or not', parsePath)
    .argument('<b>', 'another one', parsePath)
    .option('--json', 'print all numbers as JSON')
    .addHelpText(
      'after',
      `
Examples:
  eidetic explain original.jpg crop.jpg

"compare" says the same of the pictures alone, needs no library, and draws how one lies on the other.
Nothing is changed or kept. The exit code is 0 whatever the pictures are.`,
    )
    .action(async (a: string, b: string, { json }: { readonly json?: boolean }, command: Command) => {
      const explanation = await withLibrary(command, (library) => explainFiles(library, a, b));
      const { comparison, similarities, ...rest } = explanation;
      await (json
        ? printJson({
            ...comparisonToJson(comparison, null),
            similarities: Object.fromEntries(similarities),
            ...rest,
          })
        : printLines(explanationToText(explanation)));
    });
}
