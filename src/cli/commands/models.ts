import { Command } from 'commander';
import { EideticError } from '../../domain/errors.ts';
import { installedModels, type ListedModel } from '../../engine.ts';
import { configOf } from '../global-options.ts';
import { formatBytes, printJson } from '../print.ts';

export function modelsCommand(): Command {
  const models = new Command('models').description('the models that are installed');
  models
    .command('list', { isDefault: true })
    .description('every model with its size, license and state; weights are verified')
    .option('--json', 'print them as JSON')
    .action(async (flags: { json?: boolean }, command: Command) => {
      const listed = await installedModels(configOf(command));
      if (flags.json) {
        printJson(listed.map(toJson));
      } else {
        process.stdout.write(`${listed.map(describe).join('\n')}\n`);
      }
    });
  models
    .command('verify')
    .description('compare the weights of every model with the SHA-256 its model.json names')
    .action(async (_flags: unknown, command: Command) => {
      const listed = await installedModels(configOf(command));
      process.stdout.write(`${listed.map(describe).join('\n')}\n`);
      const bad = listed.filter(({ problem }) => problem !== null);
      if (bad.length > 0) {
        throw new EideticError(
          'MODEL_UNAVAILABLE',
          `${bad.length} of ${listed.length} models cannot be used.`,
        );
      }
    });
  return models;
}

function toJson({ manifest, folder, problem }: ListedModel) {
  const { id, title, sha256, sizeBytes, license, dimensions, dtype } = manifest;
  return {
    id,
    title,
    sha256,
    sizeBytes,
    license,
    dimensions,
    dtype,
    installed: problem === null,
    problem,
    folder,
  };
}

function describe({ manifest, folder, problem }: ListedModel): string {
  const facts = `${manifest.dimensions} dimensions, ${formatBytes(manifest.sizeBytes)}, ${manifest.license}`;
  const state = problem === null ? `verified, SHA-256 ${manifest.sha256}` : problem;
  return `${manifest.id}: ${manifest.title}\n    ${facts}\n    ${folder}\n    ${state}`;
}
