import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's Chromium, or another; tests that need it are skipped without, and say so. */
export const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export function hasBrowser(): boolean {
  return existsSync(CHROMIUM);
}

/** Why tests that need a browser are skipped; false when there is one. */
export const NO_BROWSER: string | false = hasBrowser()
  ? false
  : `no browser at ${CHROMIUM}: install Chromium, or name one with CHROMIUM`;

/** A browser without a window that asks nobody but whom a page asks. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
}
