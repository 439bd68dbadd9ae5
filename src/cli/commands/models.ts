import { Command } from 'commander';
import { EideticError } from '../../domain/errors.ts';
import { removeByName } from '../../model-shelf/remove-by-name.ts';
import { shelvedModels } from '../../model-shelf/shelved-models.ts';
import { verifyShelf } from '../../model-shelf/verify-shelf.ts';
import { describeModel } from '../describe-model.ts';
import { configOf } from '../global-options.ts';
import { printJson, printLines } from '../print.ts';
import { modelsAddCommand } from './models-add.ts';
import { modelsPullCommand } from './models-pull.ts';
import { modelsUseCommand } from './models-use.ts';

export function modelsCommand(): Command {
  const models = new Command('models').description('list, fetch, verify, add, remove and switch models');
  for (const command of [
    listCommand(),
    modelsPullCommand(),
    verifyCommand(),
    modelsAddCommand(),
    removeCommand(),
    modelsUseCommand(),
  ]) {
    models.addCommand(command, { isDefault: command.name() === 'list' });
  }
  return models;
}

function listCommand(): Command {
  return new Command('list')
    .description('every published model and every other that is installed; weights are verified')
    .option('--json', 'print them as JSON')
    .action(async (flags: { json?: boolean }, command: Command) => {
      const models = await shelvedModels(configOf(command));
      if (flags.json) {
        await printJson(models);
      } else {
        await printLines(models.flatMap(describeModel));
      }
    });
}

function verifyCommand(): Command {
  return new Command('verify')
    .description('compare weights with their SHA-256, and install published models that were placed by hand')
    .argument('[name]', 'id of one model; none: all that are there')
    .option('--json', 'print them as JSON')
    .action(async (name: string | undefined, flags: { json?: boolean }, command: Command) => {
      const models = await verifyShelf(configOf(command), name ?? null);
      if (flags.json) {
        await printJson(models);
      } else {
        await printLines(models.flatMap(describeModel));
      }
      const bad = models.filter(({ installed }) => !installed);
      if (bad.length > 0) {
        throw new EideticError(
          'MODEL_UNAVAILABLE',
          `${bad.length} of ${models.length} cannot be used: ${bad.map(({ id }) => id).join(', ')}.`,
        );
      }
    });
}

function removeCommand(): Command {
  return new Command('remove')
    .description("delete an installed model's files; libraries indexed with it need it for new pictures")
    .argument('<name>', 'its id')
    .action(async (name: string, _flags: unknown, command: Command) => {
      const { folder, left } = await removeByName(configOf(command), name);
      await printLines([
        left.length === 0
          ? `Removed ${folder}`
          : `Removed the model from ${folder}; left there, because they are no part of it: ${left.join(', ')}`,
      ]);
    });
}
