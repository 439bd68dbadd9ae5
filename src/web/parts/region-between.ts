import type { Region } from '../route.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Smaller ones are slips of the hand, as a part of a side. */
const LEAST = 0.02;

/** The region between two corners, cut to the picture; null for one that is next to nothing. */
export function regionBetween(a: Point, b: Point): Region | null {
  const [left, right] = [a.x, b.x].map(inside).sort((one, other) => one - other) as [number, number];
  const [top, bottom] = [a.y, b.y].map(inside).sort((one, other) => one - other) as [number, number];
  const region = { x: left, y: top, width: right - left, height: bottom - top };
  return region.width < LEAST || region.height < LEAST ? null : region;
}

function inside(part: number): number {
  return Math.min(1, Math.max(0, part));
}
