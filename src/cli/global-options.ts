import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve-config.ts';
import { DEVICES } from '../domain/device.ts';
import { parseWholeNumber } from '../domain/plain-number.ts';
import { wrongValue } from '../domain/wrong-value.ts';
import type { Library } from '../engine/library.ts';
import type { OpenPermissions } from '../engine/open-library.ts';
import { collected, parseWord } from './parse-option.ts';
import { showText } from './show-text.ts';
import { stderrLogger } from './stderr-logger.ts';

/** Adds what every command understands. */
export function addGlobalOptions(command: Command): Command {
  return command
    .option('--library <folder>', 'the library: catalog and caches (default: data/library)')
    .option(
      '--model <name>',
      "id of an installed model, or a model folder (default: the library's own)",
      collected(parseWord),
    )
    .option(
      '--input-size <pixels>',
      "side of the square that pictures become for the model (default: the library's own)",
    )
    .option('--config <file>', 'settings as JSON (default: eidetic.json if there is one)')
    .option('--verbose', 'say more on stderr');
}

interface GlobalFlags {
  readonly library?: string;
  /** As often as it was given; but for evaluations the last one counts. */
  readonly model?: readonly string[];
  readonly inputSize?: string;
  readonly config?: string;
  readonly verbose?: boolean;
  readonly maxBytes?: string;
  readonly maxPixels?: string;
  readonly timeout?: string;
  readonly device?: string;
  readonly recipe?: string;
  readonly offline?: boolean;
}

/** @param library the library's folder when the command says which, whatever the person named */
export function configOf(command: Command, library?: string): Config {
  const flags = command.optsWithGlobals<GlobalFlags>();
  const { inputSize, maxBytes, maxPixels, device, recipe, offline } = flags;
  const model = flags.model?.at(-1);
  const timeoutMs = flags.timeout === undefined ? undefined : secondsOf(flags.timeout) * 1000;
  return resolveConfig(
    {
      ...{ model, inputSize, maxBytes, maxPixels, timeoutMs, device, recipe, offline },
      library: library ?? flags.library,
    },
    process.env,
    flags.config,
  );
}

/** The models that were named on the command line, in that order. */
export function modelsOf(command: Command): readonly string[] {
  return command.optsWithGlobals<GlobalFlags>().model ?? [];
}

const LONGEST_SECONDS = 3_600;

function secondsOf(text: string): number {
  const seconds = parseWholeNumber(text) ?? 0;
  if (seconds < 1 || seconds > LONGEST_SECONDS) {
    throw wrongValue(
      '--timeout',
      text,
      `a whole number of seconds from 1 to ${LONGEST_SECONDS}, in plain digits`,
    );
  }
  return seconds;
}

/** Opens the library, works with it and closes it, whatever happens. */
export async function withLibrary<Result>(
  command: Command,
  work: (library: Library) => Promise<Result>,
  permissions: OpenPermissions = {},
): Promise<Result> {
  const logger = stderrLogger(command.optsWithGlobals<GlobalFlags>().verbose === true);
  const config = configOf(command);
  // Loaded when it is known that there is something to open: what a person mistyped is told at once.
  const { openLibrary } = await import('../engine/open-library.ts');
  const library = await openLibrary(config, logger, { say, ...permissions });
  try {
    return await work(library);
  } finally {
    await library.close();
  }
}

/** Tells a person something on stderr, beside the results. */
export function say(line: string): void {
  process.stderr.write(`${showText(line)}\n`);
}

/** Limits for commands that describe pictures, and what they are described on. */
export function addLimitOptions(command: Command): Command {
  return addDecodingOptions(command).option(
    '--device <name>',
    `what the model runs on: ${DEVICES.join(', ')} (default: cpu)`,
  );
}

/** Limits for commands that decode pictures. */
export function addDecodingOptions(command: Command): Command {
  return command
    .option('--max-bytes <n>', 'largest picture file, bytes (default: 512 MiB)')
    .option('--max-pixels <n>', 'largest picture, width x height (default: 268 million)')
    .option('--timeout <seconds>', 'longest decoding of one picture (default: 60)');
}
