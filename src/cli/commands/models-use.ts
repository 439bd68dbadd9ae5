import { Command } from 'commander';
import { openLibrary } from '../../engine/open-library.ts';
import { useModel } from '../../engine/use-model.ts';
import { configOf, say } from '../global-options.ts';
import { printLines } from '../print.ts';
import { stderrLogger } from '../stderr-logger.ts';

export function modelsUseCommand(): Command {
  return new Command('use')
    .description('switch the library to a model that has embedded all of it; "eidetic reindex" embeds')
    .argument('<name>', 'id of an installed model, or a model folder')
    .action(async (name: string, _flags: unknown, command: Command) => {
      const config = { ...configOf(command), model: name };
      const library = await openLibrary(config, stderrLogger(false), { say });
      try {
        await useModel(library);
        const { id } = library.spaces.similar.model.manifest;
        await printLines([`The library ${config.library} now uses ${id}.`]);
      } finally {
        await library.close();
      }
    });
}
