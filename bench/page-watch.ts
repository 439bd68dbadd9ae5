import type { Page } from 'playwright-core';

/** A stretch of the browser's main thread. Milliseconds since the page was asked for. */
export interface Stretch {
  readonly start: number;
  readonly ms: number;
}

/** What kept the main thread busy. */
export interface Busy {
  /** Tasks over 50 ms, whoever's: scripts, layout, decoding, the browser's own. */
  readonly tasks: readonly Stretch[];
  /** Runs of the page's scripts in frames that took long. */
  readonly scripts: readonly Stretch[];
}

// Runs in the browser before the page does. `firstRow` resolves with the time at which every picture of the first row
// of a grid is there and a frame has been drawn with it; tiles that were there before `forgetTiles` do not count.
const WATCH = `
  const tasks = [], scripts = [];
  const stretch = ({ startTime, duration }) => ({ start: startTime, ms: duration });
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(stretch)))
    .observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => scripts.push(...list.getEntries().flatMap((frame) => frame.scripts.map(stretch))))
    .observe({ type: 'long-animation-frame', buffered: true });
  globalThis.busy = () => ({ tasks, scripts });
  globalThis.forgetTiles = () => document.querySelectorAll('.tile').forEach((tile) => { tile.isOld = true; });
  const isDrawn = (tile) => { const image = tile.querySelector('img'); return image !== null && image.complete && image.naturalWidth > 0; };
  globalThis.firstRow = () => new Promise((resolve) => {
    const look = () => {
      const row = [...document.querySelectorAll('.tile')].filter((tile) => !tile.isOld && tile.style.transform.endsWith(', 0px)'));
      requestAnimationFrame(row.length > 0 && row.every(isDrawn) ? () => resolve(performance.now()) : look);
    };
    look();
  });
`;

/** Watches every page that this one becomes. */
export async function watchPage(page: Page): Promise<void> {
  await page.addInitScript(WATCH);
}

/** Milliseconds from the asking for the page until the first row of pictures is drawn. */
export function firstRow(page: Page): Promise<number> {
  return page.evaluate<number>('firstRow()');
}

/** Does something in the page. @returns milliseconds until the first row of new pictures is drawn */
export function firstRowAfter(page: Page, script: string): Promise<number> {
  return page.evaluate<number>(
    `(async () => { forgetTiles(); const from = performance.now(); ${script}; return (await firstRow()) - from; })()`,
  );
}

export function busyOf(page: Page): Promise<Busy> {
  return page.evaluate<Busy>('busy()');
}
