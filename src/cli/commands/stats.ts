import { Command } from 'commander';
import { describeRules } from '../describe-rules.ts';
import { withLibrary } from '../global-options.ts';
import { count, formatBytes, printJson, printLines } from '../print.ts';

export function statsCommand(): Command {
  return new Command('stats')
    .description('what the library holds')
    .option('--json', 'print counts as JSON')
    .action(async (flags: { json?: boolean }, command: Command) => {
      await withLibrary(command, async ({ catalog, config, model, cannotDescribe }) => {
        const { described, ...counts } = await catalog.pictures.counts();
        const roots = await catalog.files.roots();
        const generation = await catalog.descriptors.position();
        const active = (await catalog.spaces.spaces()).find(({ isActive }) => isActive)?.modelKey;
        const models = (await catalog.models.models()).map(({ key, manifest }) => ({
          id: manifest.id,
          key,
          active: key === active,
          dimensions: manifest.dimensions,
          pictures: described[key] ?? 0,
        }));
        if (flags.json) {
          const folders = roots.map(({ path, rules }) => ({ path, rules }));
          const problem = cannotDescribe?.message ?? null;
          await printJson({
            ...counts,
            library: config.library,
            generation,
            roots: folders,
            models,
            problem,
          });
          return;
        }
        await printLines(
          `Library ${config.library}`,
          `${count(counts.pictures, 'picture')} in ${count(counts.files, 'file')} (${formatBytes(counts.bytes)}); ${count(counts.failures, 'file')} failed`,
          `Model ${model.manifest.title}, ${model.manifest.dimensions} dimensions`,
          ...(cannotDescribe === null ? [] : [cannotDescribe.message]),
          ...roots.map(({ path, rules }) => `Folder ${path}${describeRules(rules)}`),
        );
      });
    });
}
