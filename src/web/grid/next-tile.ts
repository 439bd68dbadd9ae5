import type { Row } from './justified-rows.ts';

/**
 * Where an arrow key leads from a picture: up and down to the one that lies nearest in the next row.
 * @param at position among all pictures
 * @param key as a keyboard event names it
 * @returns null for a key that leads nowhere
 */
export function nextTile(rows: readonly Row[], at: number, key: string): number | null {
  const nth = rows.findLastIndex(({ start }) => start <= at);
  const row = rows[nth];
  if (row === undefined) {
    return null;
  }
  const last = (rows.at(-1) as Row).start + (rows.at(-1) as Row).boxes.length - 1;
  switch (key) {
    case 'ArrowRight':
      return at < last ? at + 1 : null;
    case 'ArrowLeft':
      return at > 0 ? at - 1 : null;
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowDown':
      return nearestIn(rows[nth + 1], row, at);
    case 'ArrowUp':
      return nearestIn(rows[nth - 1], row, at);
    default:
      return null;
  }
}

function nearestIn(row: Row | undefined, from: Row, at: number): number | null {
  const box = from.boxes[at - from.start];
  if (row === undefined || box === undefined) {
    return null;
  }
  const middle = box.left + box.width / 2;
  const distances = row.boxes.map(({ left, width }) => Math.abs(left + width / 2 - middle));
  return row.start + distances.indexOf(Math.min(...distances));
}
