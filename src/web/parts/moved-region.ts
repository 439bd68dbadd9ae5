import type { Region } from '../route.ts';

/** By how much an arrow key moves or sizes a region. */
const STEP = 0.05;

const DIRECTIONS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

/** Arrow keys move a region, with shift they size it, and it stays inside the picture; null for another key. */
export function movedRegion(region: Region, key: string, isSizing: boolean): Region | null {
  const direction = DIRECTIONS[key];
  if (direction === undefined) {
    return null;
  }
  const [dx, dy] = direction;
  const { x, y, width, height } = region;
  if (isSizing) {
    return { x, y, width: within(width + dx, STEP, 1 - x), height: within(height + dy, STEP, 1 - y) };
  }
  return { x: within(x + dx, 0, 1 - width), y: within(y + dy, 0, 1 - height), width, height };
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
