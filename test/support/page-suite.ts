import { after, afterEach, before } from 'node:test';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { NO_BROWSER, openBrowser } from './open-browser.ts';
import { openPage, type WatchedPage } from './open-page.ts';
import type { ServedLibrary } from './serve-eidetic.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A browser and a server that the tests of a suite share. */
export interface PageSuite {
  /** An empty folder, removed when the server has stopped. */
  readonly folder: string;
  /** A test may put another in its place. */
  server: ServedLibrary;
  readonly browser: Browser;
  /** Opens a place of the server, as in `#/library`, as openPage does; closed when the test is over. */
  open(place?: string, options?: BrowserContextOptions): Promise<WatchedPage>;
}

/** Prepares a suite, whose tests are to be skipped while there is {@link NO_BROWSER}. @param serve starts its server */
export function pageSuite(serve: () => Promise<ServedLibrary>): PageSuite {
  let browser: Browser | undefined;
  let server: ServedLibrary | undefined;
  before(async () => {
    if (NO_BROWSER === false) {
      server = await serve();
      browser = await openBrowser();
    }
  });
  // Pages that are left open go on asking the server, and drawing.
  afterEach(async () => {
    await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
  return {
    folder: temporaryFolder(),
    get browser() {
      return required(browser);
    },
    get server() {
      return required(server);
    },
    set server(another) {
      server = another;
    },
    open: (place = '', options = {}) =>
      openPage(required(browser), `${required(server).address}/${place}`, options),
  };
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) {
    throw new Error('the suite has not begun');
  }
  return value;
}
