import { type Command, InvalidArgumentError } from 'commander';
import type { Config } from '../config/config.ts';
import { resolveConfig } from '../config/resolve-config.ts';
import { DEVICES } from '../domain/device.ts';
import type { Library } from '../engine/library.ts';
import { type OpenPermissions, openLibrary } from '../engine/open-library.ts';
import { showText } from './show-text.ts';
import { stderrLogger } from './stderr-logger.ts';

/** Adds what every command understands. */
export function addGlobalOptions(command: Command): Command {
  return command
    .option('--library <folder>', 'the library: catalog and caches (default: data/library)')
    .option('--model <name>', "id of an installed model, or a model folder (default: the library's own)")
    .option('--config <file>', 'settings as JSON (default: eidetic.json if there is one)')
    .option('--verbose', 'say more on stderr');
}

interface GlobalFlags {
  readonly library?: string;
  readonly model?: string;
  readonly config?: string;
  readonly verbose?: boolean;
  readonly maxBytes?: string;
  readonly maxPixels?: string;
  readonly timeout?: string;
  readonly device?: string;
  readonly recipe?: string;
  readonly offline?: boolean;
}

export function configOf(command: Command): Config {
  const flags = command.optsWithGlobals<GlobalFlags>();
  const timeoutMs = flags.timeout === undefined ? undefined : Number(flags.timeout) * 1000;
  const { library, model, maxBytes, maxPixels, device, recipe, offline } = flags;
  return resolveConfig(
    { library, model, maxBytes, maxPixels, timeoutMs, device, recipe, offline },
    process.env,
    flags.config,
  );
}

/** Opens the library, works with it and closes it, whatever happens. */
export async function withLibrary<Result>(
  command: Command,
  work: (library: Library) => Promise<Result>,
  permissions: OpenPermissions = {},
): Promise<Result> {
  const logger = stderrLogger(command.optsWithGlobals<GlobalFlags>().verbose === true);
  const library = await openLibrary(configOf(command), logger, { say, ...permissions });
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

/** Limits for commands that decode pictures. */
export function addLimitOptions(command: Command): Command {
  return command
    .option('--max-bytes <n>', 'largest picture file, bytes (default: 512 MiB)')
    .option('--max-pixels <n>', 'largest picture, width x height (default: 268 million)')
    .option('--timeout <seconds>', 'longest decoding of one picture (default: 60)')
    .option('--device <name>', `what the model runs on: ${DEVICES.join(', ')} (default: cpu)`);
}

export function parseSimilarity(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= -1 && value <= 1)) {
    throw new InvalidArgumentError('expected a number from -1 to 1.');
  }
  return value;
}

export function parseWholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError('expected a whole number above 0.');
  }
  return value;
}

export function parseCount(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value) || value < 0) {
    throw new InvalidArgumentError('expected a whole number, 0 or more.');
  }
  return value;
}
