import { z } from 'zod';
import { COPY_PRESETS, type CopyPreset } from '../../copies/choose-copies.ts';
import { fromDecimal, fromDigits } from './from-digits.ts';

const presets = Object.keys(COPY_PRESETS) as [CopyPreset, ...CopyPreset[]];

/** From where on a pair is called a copy. */
export const copyLineShape = {
  preset: z
    .enum(presets)
    .optional()
    .describe(
      'copies from a score on that has a name; "copies" when nothing is named. Of preset, precision and maxFalsePairs one at most',
    ),
  precision: fromDecimal(z.number().min(0.5).max(1))
    .optional()
    .describe(
      'share of the pairs called copies that is expected to be some; the rest may be copies. Pairs that are held back are called copies too where they are likely enough, other than at a preset',
    ),
  maxFalsePairs: fromDigits(z.int().min(0))
    .optional()
    .describe('so many of the pairs called copies are expected to be none, at most; see precision'),
};

/** From where on what is held back is called a copy. */
export const leastHeldBackSchema = z
  .number()
  .nullable()
  .describe(
    'the same of a pair that is held back, since something else stands in one of the two or parts are off their places; null: none of them is called a copy, as wherever a preset draws the line',
  );

/** Whether copies are looked for, and how certain ones. */
export const copyWishShape = {
  copies: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe(
      'whether only copies are wanted of what is so similar: pictures near each other are laid over each other, some tenths of a second a pair, each pair once and for good. preset, precision and maxFalsePairs ask for that too',
    ),
  ...copyLineShape,
};
