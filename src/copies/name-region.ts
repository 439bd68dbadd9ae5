import type { Placement } from './describe-map.ts';

/** Fractions: so near to a border is at it, and so near to the middle is there. */
const AT_BORDER = 0.04;
const AT_MIDDLE = 0.1;

/** One direction of a region: where it lies, and what share of the whole it takes. */
interface Extent {
  readonly at: 'all' | 'start' | 'end' | 'middle' | 'before' | 'behind';
  readonly share: number;
}

/**
 * Says where a region is, as in "the right half of A" and "a part of A, near its top left".
 * @param whole what it is a region of
 */
export function nameRegion({ x, y, width, height }: Placement['region'], whole: string): string {
  const across = extentOf(x, width);
  const down = extentOf(y, height);
  if (across.at === 'all' && down.at === 'all') {
    return `nearly all of ${whole}`;
  }
  if (down.at === 'all') {
    return nameStrip(across, ['left', 'right'], 'down', whole);
  }
  if (across.at === 'all') {
    return nameStrip(down, ['top', 'bottom'], 'across', whole);
  }
  if (isCorner(across) && isCorner(down)) {
    const size = isHalf(across) && isHalf(down) ? 'quarter' : sizeOfCorner(across, down);
    return `the ${sideOf(down, ['top', 'bottom'])} ${sideOf(across, ['left', 'right'])} ${size} of ${whole}`;
  }
  const sides = [sideOf(down, ['top', 'bottom']), sideOf(across, ['left', 'right'])].filter(
    (side) => side !== '',
  );
  return sides.length === 0 ? `the middle of ${whole}` : `a part of ${whole}, near its ${sides.join(' ')}`;
}

function nameStrip(
  extent: Extent,
  sides: readonly [string, string],
  direction: string,
  whole: string,
): string {
  const side = sideOf(extent, sides);
  if (side === '') {
    return `a strip ${direction} the middle of ${whole}`;
  }
  return isCorner(extent)
    ? `the ${side} ${fractionOf(extent)} of ${whole}`
    : `a strip ${direction} ${whole}, near its ${side}`;
}

function extentOf(start: number, length: number): Extent {
  const [atStart, atEnd] = [start <= AT_BORDER, start + length >= 1 - AT_BORDER];
  const off = start + length / 2 - 0.5;
  if (atStart || atEnd) {
    return { at: atStart && atEnd ? 'all' : atStart ? 'start' : 'end', share: length };
  }
  return { at: Math.abs(off) <= AT_MIDDLE ? 'middle' : off < 0 ? 'before' : 'behind', share: length };
}

function isCorner({ at }: Extent): boolean {
  return at === 'start' || at === 'end';
}

function sideOf({ at }: Extent, [first, second]: readonly [string, string]): string {
  return at === 'start' || at === 'before' ? first : at === 'end' || at === 'behind' ? second : '';
}

function isHalf({ share }: Extent): boolean {
  return share > 0.44 && share < 0.56;
}

function fractionOf(extent: Extent): string {
  const { share } = extent;
  if (isHalf(extent)) {
    return 'half';
  }
  if (share > 0.29 && share < 0.38) {
    return 'third';
  }
  return share > 0.22 && share <= 0.29 ? 'quarter' : 'part';
}

function sizeOfCorner(across: Extent, down: Extent): string {
  return Math.max(across.share, down.share) < 0.56 ? 'corner' : 'part';
}
