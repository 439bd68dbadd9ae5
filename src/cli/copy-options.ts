import { type Command, Option } from 'commander';
import { BY_RULE, COPY_PRESETS, type CopyWish, type NamedWish, wishOf } from '../copies/choose-copies.ts';
import { parseCount, parsePrecision } from './parse-option.ts';

/** Whether copies are looked for, and how certain ones. */
export interface CopyFlags extends NamedWish {
  readonly copies?: boolean;
}

export function addCopyOptions(command: Command): Command {
  return addWishOptions(
    command.option(
      '--copies',
      'also copies that were resized, cropped, turned, mirrored or recolored; told by laying pictures over each other, and kept',
    ),
  );
}

/** Three ways to say how certain copies shall be, of which one at most may be named. */
export function addWishOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--preset <name>',
        `copies from a score on: strict is ${COPY_PRESETS.strict}, copies ${COPY_PRESETS.copies} (what goes without saying), broad ${COPY_PRESETS.broad}; what something else than its score speaks against may be some at most`,
      )
        .choices(Object.keys(COPY_PRESETS))
        .conflicts(['precision', 'maxFalsePairs']),
    )
    .addOption(
      new Option(
        '--precision <share>',
        'so large a share of the pairs called copies is expected to be some: 0.5 to 1',
      )
        .argParser(parsePrecision)
        .conflicts('maxFalsePairs'),
    )
    .option(
      '--max-false-pairs <n>',
      'so many of the pairs called copies are expected to be none, at most; 0 calls nothing a copy',
      parseCount,
    );
}

/** Null when nobody asked for copies. */
export function copyWishOf(flags: CopyFlags): CopyWish | null {
  return wishOf(flags) ?? (flags.copies ? BY_RULE : null);
}
