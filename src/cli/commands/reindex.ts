import { Command } from 'commander';
import type { Reindexed } from '../../engine/reindex-library.ts';
import { describeSummary } from '../describe-summary.ts';
import { addLimitOptions, withLibrary } from '../global-options.ts';
import { count, printJson, printLines } from '../print.ts';
import { runReindex } from '../run-index.ts';

export function reindexCommand(): Command {
  return addLimitOptions(new Command('reindex'))
    .description('embed the whole library anew, or with another model, then switch to that')
    .option(
      '--allow-empty',
      'files whose folder is not there, or empty, are really gone: let them leave the library',
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Examples:
  eidetic reindex
  eidetic reindex --model dinov2-small
  eidetic reindex --model ~/models/my-vit

Without --model it is the library's own model as it is installed now (the bundled one when it is not installed): for
a library whose pictures an older version of this program has prepared otherwise, or whose model has changed.
Where a model gives no vector that tells copies, pictures go through the bundled model too, for those.
Searches go on with the old embeddings until the last picture is embedded. It can be stopped at any time; the
next "reindex" with the same model goes on. The old embeddings are kept: "eidetic models use" switches back to those
of another model.`,
    )
    .action(async (flags: { json?: boolean; allowEmpty?: boolean }, command: Command) => {
      await withLibrary(
        command,
        async (library) => {
          const { summary, filesLeft, wasInUse } = await runReindex(library, flags.allowEmpty === true);
          const { id } = library.spaces.similar.model.manifest;
          if (flags.json) {
            await printJson({ model: id, isInUse: filesLeft === 0, filesLeft, summary });
            return;
          }
          await printLines([
            ...(summary === null ? [] : describeSummary(summary)),
            stateLine(id, { summary, filesLeft, wasInUse }),
          ]);
        },
        { mayAddModel: true },
      );
    });
}

function stateLine(id: string, { summary, filesLeft, wasInUse }: Reindexed): string {
  if (filesLeft === 0) {
    return summary === null && wasInUse
      ? `Nothing to do: ${id} is in use, and has embedded every picture.`
      : `The library now uses ${id}.`;
  }
  const left = `${count(filesLeft, 'file')} left: ${id} is not in use yet.`;
  return summary?.interrupted
    ? `${left} The same command goes on with them.`
    : `${left} Run "eidetic reindex" again when they are there; if they are really gone, "eidetic reindex --allow-empty".`;
}
