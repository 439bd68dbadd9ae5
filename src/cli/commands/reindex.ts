import { Command } from 'commander';
import { EideticError } from '../../domain/errors.ts';
import { describeSummary } from '../describe-summary.ts';
import { addLimitOptions, withLibrary } from '../global-options.ts';
import { count, printJson } from '../print.ts';
import { runReindex } from '../run-index.ts';

export function reindexCommand(): Command {
  return addLimitOptions(new Command('reindex'))
    .description('embed the whole library with another model, then switch to it')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  eidetic reindex --model dinov2-small
  eidetic reindex --model ~/models/my-vit

Searches go on with the old model until the last picture is embedded. It can be stopped at any time; the next
"reindex" with the same model goes on. The old embeddings are kept: "eidetic models use" switches back.`,
    )
    .action(async (flags: { json?: boolean }, command: Command) => {
      const { model } = command.optsWithGlobals<{ model?: string }>();
      if (model === undefined) {
        throw new EideticError(
          'INVALID_INPUT',
          'Name the model to switch to with --model; "eidetic models" lists them.',
        );
      }
      await withLibrary(
        command,
        async (library) => {
          const { summary, filesLeft } = await runReindex(library);
          const { id } = library.model.manifest;
          if (flags.json) {
            printJson({ model: id, isInUse: filesLeft === 0, filesLeft, summary });
            return;
          }
          const state =
            filesLeft === 0
              ? `The library now uses ${id}.`
              : `${count(filesLeft, 'file')} left: ${id} is not in use yet.`;
          process.stdout.write(
            `${[...(summary === null ? [] : describeSummary(summary)), state].join('\n')}\n`,
          );
        },
        { mayAddModel: true },
      );
    });
}
