import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { CHROMIUM, hasBrowser, openBrowser } from '../test/support/open-browser.ts';
import { drawNumbered } from '../test/support/picture-folder.ts';
import { seededRandom } from '../test/support/seeded-random.ts';
import { serveEidetic } from '../test/support/serve-eidetic.ts';
import type { BenchOptions } from './bench-options.ts';
import { LARGE } from './large-library.ts';
import { pageLibrary } from './page-library.ts';
import { busyOf, firstRow, firstRowAfter, type Stretch, watchPage } from './page-watch.ts';
import { describeSpread } from './spread.ts';

const ASSETS = fileURLToPath(new URL('../page/assets/', import.meta.url));
const SEED = 1;
const SEARCHES = 20;
/** After a page has begun, milliseconds. */
const SETTLED_MS = 1_000;
/** Pixels, each way. */
const SCROLLED = 30_000;
/** Pixels a second: more than three screens. */
const SCROLL_SPEED = 3_000;

/**
 * The page in Chromium, over a library of 100,000 pictures that are only vectors, their thumbnails kept: until it is
 * there, until a search is, and what keeps its main thread busy while somebody scrolls. Every round opens a browser
 * that has never seen it.
 */
export async function benchPage({ say, rounds }: BenchOptions): Promise<void> {
  if (!hasBrowser()) {
    say(`\nSKIPPED page: no browser at ${CHROMIUM}; install Chromium, or name one with CHROMIUM.`);
    return;
  }
  const library = await pageLibrary(say);
  say(`\nThe page: ${LARGE.toLocaleString('en')} pictures, ${rounds} rounds, seed ${SEED}`);
  console.log(`  JavaScript ${kilobytes('.js')}, styles ${kilobytes('.css')}, with gzip`);
  const server = await serveEidetic(library);
  const first: number[] = [];
  const byId: number[] = [];
  const byDrop: number[] = [];
  try {
    const random = seededRandom(SEED);
    for (let round = 0; round < rounds; round++) {
      const browser = await openBrowser();
      try {
        const page = await openWatched(browser);
        await page.goto(server.address);
        first.push(Math.max(await firstRow(page), endOf((await busyOf(page)).tasks)));
        for (let n = 0; n < SEARCHES; n++) {
          const id = 1 + Math.floor(random() * LARGE);
          byId.push(await firstRowAfter(page, `location.hash = '#/search?id=${id}'`));
        }
        for (let n = 0; n < SEARCHES; n++) {
          byDrop.push(await firstRowAfter(page, await giving(round * SEARCHES + n)));
        }
        await scroll(await openWatched(browser), `${server.address}/`, 'newest', round);
        await scroll(await openWatched(browser), `${server.address}/#/search?id=7`, 'hits', round);
      } finally {
        await browser.close();
      }
    }
  } finally {
    await server.stop();
  }
  const tell = (what: string, times: readonly number[]) =>
    console.log(`  ${what.padEnd(62)} ${describeSpread(times, (ms) => `${ms.toFixed(0)} ms`)}`);
  tell('first view: first row drawn and main thread free, from the address', first);
  tell('search by a picture of the library: first row drawn', byId);
  tell('search by a picture that is given (JPEG, 1,000 pixels): first row drawn', byDrop);
}

async function openWatched(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 }, locale: 'en' });
  await watchPage(page);
  return page;
}

/** Script that gives the page a picture nobody has given it, as choosing a file does. */
async function giving(n: number): Promise<string> {
  const picture = await drawNumbered(1_000 + n, 1_000)
    .jpeg()
    .toBuffer();
  return `
    const bytes = Uint8Array.from(atob('${picture.toString('base64')}'), (c) => c.charCodeAt(0));
    const given = new DataTransfer();
    given.items.add(new File([bytes], 'given.jpg', { type: 'image/jpeg' }));
    const input = document.querySelector('input[type=file]');
    input.files = given.files;
    input.dispatchEvent(new Event('change', { bubbles: true }))`;
}

/** As with a wheel that is spun: down and up again. */
async function scroll(page: Page, address: string, what: string, round: number): Promise<void> {
  await page.goto(address);
  await firstRow(page);
  await page.evaluate("document.querySelector('.unlikely button')?.click()"); // all hits, not only what looks alike
  await page.waitForTimeout(SETTLED_MS);
  const before = await busyOf(page);
  const session = await page.context().newCDPSession(page);
  for (const yDistance of [-SCROLLED, SCROLLED]) {
    await session.send('Input.synthesizeScrollGesture', { x: 640, y: 600, yDistance, speed: SCROLL_SPEED });
  }
  const { tasks, scripts } = await busyOf(page);
  const more = (all: readonly Stretch[], known: readonly Stretch[]) => all.slice(known.length);
  const tall = await page.evaluate<number>('document.documentElement.scrollHeight');
  console.log(
    `  round ${round + 1}, scrolling ${what} (${tall} pixels of them): ${longest(more(tasks, before.tasks), 'task')}; ${longest(more(scripts, before.scripts), 'run of a script in a long frame')}`,
  );
}

function longest(stretches: readonly Stretch[], what: string): string {
  const over = stretches.filter(({ ms }) => ms > 50).length;
  return `${over} x ${what} over 50 ms, longest ${Math.max(0, ...stretches.map(({ ms }) => ms)).toFixed(0)} ms`;
}

function endOf(tasks: readonly Stretch[]): number {
  return Math.max(0, ...tasks.map(({ start, ms }) => start + ms));
}

function kilobytes(ending: string): string {
  const bytes = readdirSync(ASSETS)
    .filter((name) => name.endsWith(ending))
    .reduce((sum, name) => sum + gzipSync(readFileSync(`${ASSETS}${name}`), { level: 9 }).byteLength, 0);
  return `${(bytes / 1_000).toFixed(1)} kB`;
}
