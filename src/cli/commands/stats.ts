import { Command } from 'commander';
import { withEngine } from '../global-options.ts';
import { count, formatBytes, printJson } from '../print.ts';

export function statsCommand(): Command {
  return new Command('stats')
    .description('what the library holds')
    .option('--json', 'print counts as JSON')
    .action(async (flags: { json?: boolean }, command: Command) => {
      await withEngine(command, async ({ catalog, config, model }) => {
        const { described, ...counts } = await catalog.counts();
        const roots = await catalog.roots();
        const generation = await catalog.generation();
        const models = (await catalog.models()).map(({ key, manifest, active }) => ({
          id: manifest.id,
          key,
          active,
          dimensions: manifest.dimensions,
          pictures: described[key] ?? 0,
        }));
        if (flags.json) {
          printJson({ ...counts, library: config.library, generation, roots, models });
          return;
        }
        process.stdout.write(
          [
            `Library ${config.library}`,
            `${count(counts.pictures, 'picture')} in ${count(counts.files, 'file')} (${formatBytes(counts.bytes)}); ${count(counts.failures, 'file')} failed`,
            `Model ${model.manifest.title}, ${model.manifest.dimensions} dimensions`,
            ...roots.map((root) => `Folder ${root}`),
            '',
          ].join('\n'),
        );
      });
    });
}
