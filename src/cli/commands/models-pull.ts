import { Command } from 'commander';
import { pullByName } from '../../model-shelf/pull-by-name.ts';
import { configOf } from '../global-options.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import { collected, parseWord } from '../parse-option.ts';
import { printJson, printLines } from '../print.ts';
import { ProgressLine } from '../progress-line.ts';

interface PullFlags {
  readonly mirror: readonly string[];
  readonly acceptLicense?: boolean;
  readonly trustOnFirstUse?: boolean;
  readonly json?: boolean;
}

export function modelsPullCommand(): Command {
  return new Command('pull')
    .description('install a published model: download it, or take files that were placed by hand')
    .argument('<name>', 'its id, as "eidetic models" lists it')
    .option(
      '--mirror <url>',
      "another place to try first, with the hub's layout; may be repeated",
      collected(parseWord),
      [],
    )
    .option('--accept-license', 'you have read the license that the model names, and agree')
    .option('--trust-on-first-use', 'take a file whose SHA-256 nobody has told, and lock what it is')
    .option('--offline', 'do not use the network: only take files that were placed by hand')
    .option('--json', 'print the installed model as JSON')
    .addHelpText(
      'after',
      `
HF_ENDPOINT replaces https://huggingface.co; HF_TOKEN is sent to that host alone. HTTPS_PROXY, HTTP_PROXY and
NO_PROXY are honored. A download that was stopped goes on where it was.`,
    )
    .action(async (name: string, flags: PullFlags, command: Command) => {
      const line = new ProgressLine(process.stderr);
      const interrupt = abortOnInterrupt(() => line.say('Stopping: what has come is kept.'));
      try {
        const { model, downloaded } = await pullByName(configOf(command), name, {
          environment: process.env,
          mirrors: flags.mirror,
          acceptsLicense: flags.acceptLicense === true,
          trustsOnFirstUse: flags.trustOnFirstUse === true,
          signal: interrupt.signal,
          onProgress: (file, done, total) => line.update(inMegabytes(file, done, total)),
          say: (text) => line.say(text),
        });
        line.clear();
        if (flags.json) {
          await printJson({ ...model, downloaded });
        } else {
          const how = downloaded.length === 0 ? 'was there already' : `downloaded ${downloaded.join(', ')}`;
          const { id, sha256 } = model.manifest;
          await printLines([`${id} is installed in ${model.folder} (${how}); SHA-256 ${sha256}`]);
        }
      } finally {
        line.clear();
        interrupt.dispose();
      }
    });
}

function inMegabytes(file: string, doneBytes: number, totalBytes: number | null) {
  const megabytes = (bytes: number) => Math.round(bytes / 1e5) / 10;
  const total = totalBytes === null ? null : megabytes(totalBytes);
  return { label: `Downloading ${file}, MB:`, done: megabytes(doneBytes), total, failed: 0 };
}
