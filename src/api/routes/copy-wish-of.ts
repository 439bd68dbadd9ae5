import { BY_RULE, type CopyWish, type NamedWish, wishOf } from '../../copies/choose-copies.ts';
import { EideticError } from '../../domain/errors.ts';

/** See copyWishShape. */
export interface AskedCopies extends NamedWish {
  readonly copies: boolean;
}

/** @returns null where no copies are asked for @throws EideticError INVALID_INPUT for two wishes at once */
export function copyWishOf({ copies, preset, precision, maxFalsePairs }: AskedCopies): CopyWish | null {
  const asked = { preset, precision, maxFalsePairs };
  const named = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (named.length > 1) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${named.join(' and ')}, expected one of them: each says by itself how certain copies shall be.`,
    );
  }
  return wishOf(asked) ?? (copies ? BY_RULE : null);
}
