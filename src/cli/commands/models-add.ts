import { Command } from 'commander';
import { addToShelf } from '../../model-shelf/add-to-shelf.ts';
import { configOf } from '../global-options.ts';
import { parseCount, parsePositive } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';

interface AddFlags {
  readonly id?: string;
  readonly license?: string;
  readonly patchSize?: number;
  readonly registers?: number;
  readonly output?: string;
  readonly json?: boolean;
}

export function modelsAddCommand(): Command {
  return new Command('add')
    .description('take in a model of your own: find out what its ONNX file is, and copy it')
    .argument('<source>', 'an ONNX file, or a folder with one (and a model.json, if there is one)')
    .option('--id <name>', 'what to call it (default: after the file or its folder)')
    .option(
      '--recipe <name>',
      'how pictures are fitted into the model: squash or center-crop (default: squash)',
    )
    .option('--license <text>', 'what it may be used for (default: unknown)')
    .option('--patch-size <pixels>', 'side of a patch, when the file leaves a doubt', parsePositive)
    .option('--registers <n>', 'register tokens after CLS, when the file leaves a doubt', parseCount)
    .option('--output <name>', 'the output that holds the tokens, when there are several')
    .option('--json', 'print what was found as JSON')
    .action(async (source: string, flags: AddFlags, command: Command) => {
      const { model, probed } = await addToShelf(configOf(command), source, {
        id: flags.id ?? null,
        license: flags.license ?? null,
        patchSize: flags.patchSize ?? null,
        registers: flags.registers ?? null,
        output: flags.output ?? null,
      });
      const { evidence, elapsedMs } = probed;
      if (flags.json) {
        await printJson({ ...model, evidence, elapsedMs });
        return;
      }
      const { id } = model.manifest;
      await printLines([...evidence, `Added as ${id} in ${model.folder}; "--model ${id}" uses it.`]);
    });
}
