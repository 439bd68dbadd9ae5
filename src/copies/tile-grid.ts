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

/** Which tile a pixel is in. */
export function tileAt({ columns, rows }: TileGrid, { width, height }: GrayImage, at: number): number {
  const [x, y] = [at % width, Math.floor(at / width)];
  // The borders are rounded down, so that a pixel on one belongs to the tile behind it.
  const column = Math.min(columns - 1, Math.floor(((x + 1) * columns - 1) / width));
  const row = Math.min(rows - 1, Math.floor(((y + 1) * rows - 1) / height));
  return row * columns + column;
}
