import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { until } from './until.ts';

/** What a page did beside what was asked of it. */
export interface WatchedPage {
  readonly page: Page;
  /** Whom it asked. */
  readonly origins: Set<string>;
  /** Errors on its console, and those that nobody caught. */
  readonly problems: string[];
}

/** A phone, as a context of the browser. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 800 },
  hasTouch: true,
  isMobile: true,
};

/** An <img>, as far as it is looked at here. */
interface Shown {
  readonly naturalWidth: number;
}

/** Opens an address in a browser that nobody has used before, in English unless told otherwise. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1_200, height: 900 },
    locale: 'en',
    ...options,
  });
  const page = await context.newPage();
  const origins = new Set<string>();
  const problems: string[] = [];
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(address);
  return { page, origins, problems };
}

/** Gives the page a picture, as if somebody had dropped it. */
export function dropFile(page: Page, file: string): Promise<void> {
  return page.setInputFiles('input[type=file]', file);
}

/** Pictures of a list, by its name; of any when that is undefined. */
export function tilesOf(page: Page, label?: string): Locator {
  return page.getByRole('list', label === undefined ? {} : { name: label }).locator('[data-at]');
}

export function hashOf(page: Page): string {
  return new URL(page.url()).hash;
}

export function untilAt(page: Page, pattern: RegExp): Promise<void> {
  return until(`the address fits ${pattern}`, () => pattern.test(hashOf(page)));
}

/** Until the first picture that fits a selector has come. */
export function untilDrawn(page: Page, selector: string): Promise<void> {
  const isDrawn = (element: unknown) => (element as Shown).naturalWidth > 0;
  return until(`${selector} is shown`, () => page.locator(selector).first().evaluate(isDrawn));
}

/** Until a picture of a list has the focus. @param at its position in the list */
export function untilFocused(page: Page, at: number): Promise<void> {
  return page.locator(`[data-at="${at}"]:focus`).waitFor({ state: 'attached' });
}
