/** Where a picture lies, pixels. Those of one row are as high as each other. */
export interface Box {
  readonly left: number;
  readonly width: number;
}

export interface Row {
  readonly top: number;
  readonly height: number;
  /** Position of its first picture among all. */
  readonly start: number;
  readonly boxes: readonly Box[];
}

export interface RowOptions {
  /** Pixels, as the next three. */
  readonly width: number;
  /** Rows come out near it: lower when they are full, and never higher. */
  readonly rowHeight: number;
  readonly gap: number;
  /** For what is written under each picture. */
  readonly below: number;
}

/** A panorama or a scan of a receipt shall not take a screen of its own: it is shown as if it were no longer. */
const LONGEST = 4;

/**
 * Lays pictures out in rows as wide as the page, whole and in their order: each row takes pictures until it would be
 * lower than asked for, and is then stretched to both edges. The last one keeps the height that was asked for.
 * @param ratios width over height of each picture
 */
export function justifiedRows(
  ratios: readonly number[],
  { width, rowHeight, gap, below }: RowOptions,
): Row[] {
  const rows: Row[] = [];
  let top = 0;
  let start = 0;
  let sum = 0;
  const end = (before: number, height: number) => {
    rows.push({ top, height, start, boxes: boxesOf(ratios.slice(start, before), height, gap) });
    top += height + below + gap;
    start = before;
    sum = 0;
  };
  for (const [i, ratio] of ratios.entries()) {
    sum += shownRatio(ratio);
    const height = (width - gap * (i - start)) / sum;
    if (height <= rowHeight) {
      end(i + 1, Math.max(1, height));
    }
  }
  if (start < ratios.length) {
    end(ratios.length, rowHeight);
  }
  return rows;
}

/** Pixels that rows take from top to bottom. */
export function heightOf(rows: readonly Row[], { below }: Pick<RowOptions, 'below'>): number {
  const last = rows.at(-1);
  return last === undefined ? 0 : last.top + last.height + below;
}

/** @returns position of the last row that begins at or above a place, 0 for none */
export function rowAt(rows: readonly Row[], place: number): number {
  let [low, high] = [0, rows.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((rows[middle]?.top ?? 0) <= place) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** The ratio by which a picture is shown. */
export function shownRatio(ratio: number): number {
  return Math.min(LONGEST, Math.max(1 / LONGEST, ratio));
}

function boxesOf(ratios: readonly number[], height: number, gap: number): Box[] {
  let left = 0;
  return ratios.map((ratio) => {
    const box = { left, width: shownRatio(ratio) * height };
    left += box.width + gap;
    return box;
  });
}
