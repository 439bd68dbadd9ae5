import { Command } from 'commander';
import { Engine } from '../../engine/engine.ts';
import { configOf } from '../global-options.ts';
import { stderrLogger } from '../stderr-logger.ts';

export function modelsUseCommand(): Command {
  return new Command('use')
    .description('switch the library to a model that has embedded all of it; "eidetic reindex" embeds')
    .argument('<name>', 'id of an installed model, or a model folder')
    .action(async (name: string, _flags: unknown, command: Command) => {
      const engine = await Engine.open({ ...configOf(command), model: name }, stderrLogger(false));
      try {
        await engine.useModel();
        process.stdout.write(`The library ${engine.config.library} now uses ${engine.model.manifest.id}.\n`);
      } finally {
        await engine.close();
      }
    });
}
