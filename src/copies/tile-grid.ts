import type { GrayImage } from './gray-image.ts';

/** Pixels of a tile's side, about: pictures are divided evenly. */
const TILE = 20;

/** A part of a picture. Pixels; the last ones are outside. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A picture divided into tiles. */
export interface TileGrid {
  readonly columns: number;
  readonly rows: number;
  /** By rows. */
  readonly boxes: readonly Box[];
}

export function tileGrid({ width, height }: GrayImage): TileGrid {
  const columns = Math.max(1, Math.round(width / TILE));
  const rows = Math.max(1, Math.round(height / TILE));
  const boxes = Array.from({ length: columns * rows }, (_, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    return {
      left: Math.floor((column * width) / columns),
      right: Math.floor(((column + 1) * width) / columns),
      top: Math.floor((row * height) / rows),
      bottom: Math.floor(((row + 1) * height) / rows),
    };
  });
  return { columns, rows, boxes };
}
