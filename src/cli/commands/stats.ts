import { Command } from 'commander';
import type { ModelManifest } from '../../domain/model.ts';
import { countSpaces } from '../../engine/count-spaces.ts';
import { lookAtRoot } from '../../indexer/look-at-root.ts';
import { describeRules } from '../describe-rules.ts';
import { describeSpaces } from '../describe-spaces.ts';
import { withLibrary } from '../global-options.ts';
import { count, formatBytes, printJson, printLines } from '../print.ts';

export function statsCommand(): Command {
  return new Command('stats')
    .description('what the library holds')
    .option('--json', 'print counts as JSON')
    .action(async (flags: { json?: boolean }, command: Command) => {
      await withLibrary(command, async (library) => {
        const { catalog, config, cannotDescribe } = library;
        const { model } = library.spaces.similar;
        const spaces = await countSpaces(library);
        const { described, ...counts } = await catalog.pictures.counts();
        const roots = await Promise.all(
          (await catalog.files.roots()).map(async ({ path, rules }) => ({
            path,
            rules,
            away: await whyAway(path),
          })),
        );
        const generation = await catalog.descriptors.position();
        const active = (await catalog.spaces.spaces()).filter(({ isActive }) => isActive);
        const models = (await catalog.models.models()).map(({ key, manifest }) => ({
          id: manifest.id,
          key,
          active: active.some(({ modelKey }) => modelKey === key),
          dimensions: manifest.dimensions,
          inputSize: sizeOf(manifest),
          pictures: described[key] ?? 0,
        }));
        if (flags.json) {
          const problem = cannotDescribe?.message ?? null;
          const { library: folder } = config;
          await printJson({ ...counts, library: folder, generation, roots, models, spaces, problem });
          return;
        }
        const { pictures, files, bytes, failures, unsupported, others } = counts;
        await printLines([
          `Library ${config.library}`,
          `${count(pictures, 'picture')} in ${count(files, 'file')} (${formatBytes(bytes)})`,
          `Not indexed: ${count(failures, 'file')} failed, ${count(unsupported, 'picture')} in formats that Eidetic does not read, ${count(others, 'other file')}`,
          `Model ${model.manifest.title}, ${model.manifest.dimensions} dimensions, pictures of ${model.manifest.input.width} x ${model.manifest.input.height} pixels`,
          ...(cannotDescribe === null ? [] : [cannotDescribe.message]),
          ...describeSpaces(spaces),
          ...roots.map(
            ({ path, rules, away }) =>
              `Folder ${path}${describeRules(rules)}${away === null ? '' : ` (away: ${away})`}`,
          ),
        ]);
      });
    });
}

/** Of what a model is given, pixels. */
function sizeOf({ input: { width, height } }: ModelManifest) {
  return { width, height };
}

/** Why nothing of a folder can be seen at the moment; null when it is there. */
async function whyAway(path: string): Promise<string | null> {
  const look = await lookAtRoot(path);
  return look.kind === 'there' ? null : look.reason;
}
