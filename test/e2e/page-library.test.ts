import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { findFaults } from '../support/assert-accessible.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { NO_BROWSER } from '../support/open-browser.ts';
import { dropFile, hashOf, openPage, PHONE, tilesOf, untilAt } from '../support/open-page.ts';
import { pageSuite } from '../support/page-suite.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { until } from '../support/until.ts';

const PICTURES = 8;

/** More failures than are shown at once. */
const DRAWINGS = 25;

/** The start of a picture in a format that is not read. */
const PHOTOSHOP = Buffer.from('8BPS\0\x01\0\0\0\0\0\0\0\x03');

describe('the library view and the states of the page', { timeout: 300_000 }, () => {
  const skip = NO_BROWSER;
  const suite = pageSuite(serve);
  const { folder, open } = suite;
  const pictures = join(folder, 'pictures');
  const library = join(folder, 'library');
  const other = join(folder, 'other');
  const catalog = join(library, 'catalog.sqlite');

  async function serve() {
    const [first = ''] = await drawPictureFolder(pictures, PICTURES);
    const bytes = readFileSync(first);
    writeFileSync(join(pictures, 'the same.jpg'), bytes);
    writeFileSync(join(pictures, 'broken.jpg'), bytes.subarray(0, -100));
    writeFileSync(join(pictures, 'notes.txt'), 'no picture');
    mkdirSync(join(pictures, 'drawings'));
    for (let i = 0; i < DRAWINGS; i++) {
      writeFileSync(join(pictures, 'drawings', `${i}.psd`), PHOTOSHOP);
    }
    await eideticJson(['index', pictures, '--library', library, '--json'], 1);
    mkdirSync(other);
    return serveEidetic(library, ['--allow-index', pictures, '--allow-index', other]);
  }
  const openLibraryView = async (options?: BrowserContextOptions) => {
    const opened = await open('#/library', options);
    await opened.page.getByRole('heading', { name: 'This server' }).waitFor();
    return opened;
  };
  const text = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
  /** Has the page look at its server now, as it does every few seconds. */
  const lookNow = (page: Page) => page.evaluate("dispatchEvent(new Event('online'))");

  it('tells what the library holds, in numbers that add up', { skip }, async () => {
    const { page, problems } = await openLibraryView();
    await text(page, `${PICTURES} different pictures in ${PICTURES + 1} files`);
    await text(page, '1 of these files holds the same bytes as another.');
    await page.getByRole('heading', { name: 'Index another folder' }).waitFor();
    assert.deepEqual(await page.locator('.folders-to-index code').allTextContents(), [other]);
    for (const sum of await page.locator('.sum').all()) {
      const numbers = (await sum.locator('dd').allTextContents()).map((shown) =>
        Number(shown.replaceAll(/\D/g, '')),
      );
      const together = numbers.pop();
      assert.deepEqual(numbers, [PICTURES + 1, 1, DRAWINGS, 1]);
      assert.equal(
        together,
        numbers.reduce((a, b) => a + b),
      );
    }
    const card = page.locator('.card').filter({ hasText: pictures }).first();
    await card.getByText('Reachable', { exact: true }).waitFor();
    await card.getByText('the usual ones').waitFor();
    await text(page, 'All pictures are described.');
    await page.locator('.about code').getByText(library).waitFor();
    await text(page, 'asks for no key');
    await page.getByText('For experts').click();
    await text(page, /\d+ × \d+ pixels/);
    assert.deepEqual(problems, []);
  });

  it('shows all failures by reason and folder, copies their paths, and has them tried again', {
    skip,
  }, async () => {
    const { page, problems } = await openLibraryView({ permissions: ['clipboard-read', 'clipboard-write'] });
    const items = page.locator('.failures > li');
    await page.getByRole('button', { name: `All ${DRAWINGS + 1}` }).waitFor();
    await text(page, `20 of ${DRAWINGS + 1} are shown.`);
    await page.getByRole('button', { name: 'Show more' }).click();
    await until('all are shown', async () => (await items.count()) === DRAWINGS + 1);

    // What somebody types stays, though an answer comes meanwhile.
    const folderField = page.getByLabel('In folder');
    let isHeld = true;
    await page.route('**/v1/failures?*', async (route) => {
      await until('the answer is let through', () => !isHeld);
      await route.continue();
    });
    await page.getByRole('button', { name: `A format that is not read ${DRAWINGS}` }).click();
    await folderField.fill(join(pictures, 'drawings'));
    isHeld = false;
    await text(page, `20 of ${DRAWINGS} are shown.`);
    await folderField.press('Enter');
    await page.getByRole('button', { name: `All ${DRAWINGS}`, exact: true }).waitFor();
    await folderField.fill('');
    await folderField.press('Enter');
    await page.getByRole('button', { name: 'Damaged or not readable 1' }).click();
    await until('one is shown', async () => (await items.count()) === 1);
    await items.getByRole('button', { name: 'Copy path' }).click();
    await items.getByRole('button').filter({ hasText: 'Copied' }).waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), join(pictures, 'broken.jpg'));

    await page.getByRole('button', { name: 'Try this one again' }).click();
    await text(page, '1 file is read again in the next index run.');
    await page.getByRole('button', { name: 'Begin that run now' }).click();
    const runs = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Index runs' }) });
    await runs.getByText('Finished').waitFor();
    await runs.getByText(/36 files looked at: 9 unchanged, 1 not readable, 25 in formats/).waitFor();
    await page.getByText(/Last looked through from here/).waitFor();
    assert.deepEqual(problems, []);
  });

  it('says why a run waits, and stops it', { skip }, async (t) => {
    const lock = await sqliteLibraryLock(library).acquire('run');
    t.after(() => lock.release());
    const { page } = await openLibraryView();
    await page.getByRole('button', { name: 'Index again' }).click();
    await text(page, 'Being indexed');
    await text(page, 'It waits until another program');
    // Also for who comes later, or has loaded the page anew.
    const { page: other } = await open();
    await text(other, 'It waits until another program');
    // Runs that wait, and those before them page by page.
    const client = createEideticClient({ address: suite.server.address });
    const names = ['part-0', 'part-1', 'part-2', 'part-3', 'drawings'];
    const waiting = await Promise.all(names.map((name) => client.addJob(join(pictures, name))));
    await other.goto(`${suite.server.address}/#/library`);
    await until('they are shown', async () => {
      return (await other.getByText('Waits for its turn', { exact: true }).count()) >= names.length;
    });
    assert.equal(await other.getByText('Goes on', { exact: true }).count(), 0);
    await other.getByRole('button', { name: 'Older runs' }).click();
    await other.getByText('Goes on', { exact: true }).waitFor();
    for (const { id } of waiting) {
      await client.cancelJob(id);
    }
    await page.getByRole('button', { name: 'Stop' }).click();
    await text(page, 'Stopped');
    await text(page, 'The last run did not come to its end');
  });

  it('says which folder is away, and that its pictures stay', { skip }, async (t) => {
    const elsewhere = join(folder, 'elsewhere');
    renameSync(pictures, elsewhere);
    t.after(() => renameSync(elsewhere, pictures));
    const { page } = await openLibraryView();
    await text(page, 'Not reachable now');
    await text(page, 'Its pictures stay in the library.');
    await page.getByRole('button', { name: 'Index again' }).waitFor({ state: 'detached' });
  });

  it('leads to the content and through the page by keys, and keeps the theme', { skip }, async () => {
    const { page } = await openLibraryView();
    await page.keyboard.press('Tab');
    await page.locator('.skip:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('#view:focus').waitFor();
    assert.equal(hashOf(page), '#/library');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Esc').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await page.locator('nav a[aria-current=page]').textContent(), 'Library');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.getByLabel('Appearance').selectOption('dark');
    await page.reload();
    await page.locator('html[data-theme=dark]').waitFor();
  });

  it('fits a phone: nothing is cut, and what is touched is large enough', { skip }, async () => {
    const { page } = await openLibraryView(PHONE);
    const { width, small } = await page.evaluate(() => {
      const { document } = globalThis as unknown as { document: TouchedDocument };
      const touched = [...document.querySelectorAll('button, nav a, select, input:not(.unseen), summary')];
      return {
        width: document.documentElement.scrollWidth,
        small: touched
          .map((element) => ({ text: element.textContent, height: element.getBoundingClientRect().height }))
          .filter(({ height }) => height < 40),
      };
    });
    assert.deepEqual({ width, small }, { width: 390, small: [] });
  });

  it('begins with a folder that may be indexed, shows how that goes, and what came of it', {
    skip,
  }, async (t) => {
    const empty = await serveEidetic(join(folder, 'empty'), ['--allow-index', pictures]);
    t.after(() => empty.stop());
    const { page, problems } = await openPage(suite.browser, empty.address, { locale: 'de-CH' });
    await page.getByRole('heading', { name: 'Noch keine Bilder' }).waitFor();
    assert.deepEqual(
      (await findFaults(page)).map(({ id }) => id),
      [],
    );
    await page.getByText('Oder ein Ordner darin').click();
    await page.getByLabel('Ordner').fill(join(folder, 'library'));
    await page.locator('.folder-form button').click();
    await page.getByRole('alert').getByText('Diesen Ordner gibt es nicht, oder').waitFor();
    await page.getByRole('button', { name: 'Schließen' }).click();
    await page.locator('.folders-to-index').getByRole('button', { name: 'Indizieren' }).click();
    await page.getByRole('progressbar').waitFor();
    await page.getByRole('heading', { name: 'Neu in der Bibliothek' }).waitFor();
    await until('all pictures are shown', async () => {
      return (await tilesOf(page, 'Neu in der Bibliothek').count()) === PICTURES;
    });
    await page.locator('.indexing').getByText('Fertig').waitFor();
    await page.locator('.indexing').getByText('Was nicht lesbar war').click();
    await page.getByText(`Alle ${DRAWINGS + 1}`).waitFor();
    assert.deepEqual(problems, [
      'Failed to load resource: the server responded with a status of 403 (Forbidden)',
    ]);
  });

  it('asks for a key, says what it may not, and goes on with another when it is revoked', {
    skip,
  }, async (t) => {
    const place = join(folder, 'locked library');
    const made = await openLibrary(resolveConfig({ library: place }, {}), keptLogger(), { mayCreate: true });
    await made.close();
    const keys = openKeyStore(join(place, 'keys'));
    const reader = await keys.add('look', 'read');
    const admin = await keys.add('all', 'admin');
    const locked = await serveEidetic(place, ['--require-key', '--rate', '100']);
    t.after(() => locked.stop());
    const { page } = await openPage(suite.browser, locked.address);
    const give = async (key: string) => {
      await page.locator('input[type=password]').fill(key);
      await page.getByRole('button', { name: 'Enter' }).click();
    };
    await give('wrong');
    await text(page, 'This key is not known here, or was revoked.');
    await give(reader.secret);
    await text(page, 'Your key may look at pictures, and not index any.');
    await page.getByText('eidetic index ~/Pictures', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Library' }).click();
    await text(page, 'Your key may not see this.');
    await page.getByRole('heading', { name: 'This server' }).waitFor();

    await keys.revoke(reader.key.id);
    await until('the server has noticed', async () => {
      await page.waitForTimeout(250);
      return (await page.evaluate(async () => (await fetch('v1/session')).status)) === 401;
    });
    await page.getByRole('link', { name: 'Equal files' }).click();
    await page.getByRole('dialog').getByText('Your key does not work any more').waitFor();
    await page.locator('main h1').waitFor({ state: 'attached' });
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await give(admin.secret);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Search' }).click();
    await page.getByText(`eidetic index --library '${place}' ~/Pictures`).waitFor();

    // The same key elsewhere has asked too often: the page says so, and keeps what it shows.
    await page.evaluate(() => Promise.all(Array.from({ length: 100 }, () => fetch('v1/session'))));
    await page.getByRole('link', { name: 'Library' }).click();
    await text(page, 'The server has a lot to do');
    await page.getByRole('navigation').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'The server has a lot to do' }).waitFor();
  });

  it('asks for a key as for a first one when the server had none before', { skip }, async () => {
    const { page } = await openLibraryView();
    const problem = { type: 'about:blank', title: 'Unauthorized', status: 401, code: 'UNAUTHORIZED' };
    await page.route('**/v1/**', (route) =>
      route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        body: JSON.stringify({ ...problem, detail: 'no key', requestId: 'r' }),
      }),
    );
    await page.getByRole('link', { name: 'Equal files' }).click();
    await page.getByRole('dialog').getByText('This library asks for a key').waitFor();
    assert.equal(await page.getByText('Your key does not work any more').count(), 0);
  });

  it('says that it connects, that the server starts, and that an answer takes long', { skip }, async () => {
    const { page } = await openPage(suite.browser, 'about:blank');
    let state: 'silent' | 'starting' | 'ready' = 'silent';
    await page.route('**/status', async (route) => {
      await until('somebody lets it answer', () => state !== 'silent');
      await (state === 'ready'
        ? route.continue()
        : route.fulfill({ status: 503, json: { state, version: '0.1.0', problem: null } }));
    });
    await page.route('**/v1/library', () => {}); // never answered
    await page.goto(`${suite.server.address}/#/library`);
    await page.getByRole('heading', { name: 'Connecting…' }).waitFor();
    state = 'starting';
    await page.getByRole('heading', { name: 'The server is starting' }).waitFor();
    await page.getByRole('progressbar').waitFor();
    state = 'ready';
    await page.getByRole('heading', { name: 'Library' }).waitFor();
    await text(page, 'This takes longer than usual.');
  });

  it('keeps what is shown and typed while the server is stopping, gone or another, and goes on by itself', {
    skip,
  }, async () => {
    const { page } = await openLibraryView();
    const typed = page.getByLabel('In folder');
    await typed.fill('half of a wo');
    const answer = { status: 503, json: { state: 'stopping', version: '0.1.0', problem: null } };
    await page.route('**/status', (route) => route.fulfill(answer));
    await lookNow(page);
    await text(page, 'The server is stopping');
    await page.unroute('**/status');
    const { port } = new URL(suite.server.address);
    await suite.server.kill();
    await lookNow(page);
    await text(page, 'The server does not answer');
    assert.equal(await typed.inputValue(), 'half of a wo');
    await page.getByRole('link', { name: 'Equal files' }).click();
    await page.getByRole('heading', { name: 'Equal files' }).waitFor();
    await text(page, 'Waiting for the server…');
    const given = join(pictures, 'the same.jpg');
    await dropFile(page, given);
    await text(page, 'the same.jpg is looked for as soon as the server answers.');

    suite.server = await serveEidetic(library, ['--allow-index', pictures, '--port', port]);
    await page.getByText('The server does not answer').waitFor({ state: 'detached' });
    await untilAt(page, /^#\/search\?dropped=/);
    await page.getByText('as soon as the server answers').waitFor({ state: 'detached' });

    await page.route('**/status', (route) =>
      route.fulfill({ json: { state: 'ready', version: '99', problem: 'The index cannot be saved.' } }),
    );
    await lookNow(page);
    await text(page, 'The server runs another version now.');
    await page.getByText('Something needs attention').click();
    await text(page, 'The index cannot be saved.');
  });

  it('says that the library is lost, over what is shown and in its place, until it is back', {
    skip,
  }, async () => {
    const { page } = await open();
    await tilesOf(page, 'Newest in the library').first().waitFor();
    renameSync(catalog, `${catalog}.away`);
    await lookNow(page);
    await text(page, 'The library is not there any more');
    assert.equal(await tilesOf(page, 'Newest in the library').count(), PICTURES);
    const { page: late } = await open();
    await late.getByRole('heading', { name: 'The library is not there any more' }).waitFor();
    renameSync(`${catalog}.away`, catalog);
    await tilesOf(late, 'Newest in the library').first().waitFor();
    await page.getByText('The library is not there any more').waitFor({ state: 'detached' });
  });
});

/** The document, as far as it is looked at here. */
interface TouchedDocument {
  readonly documentElement: { readonly scrollWidth: number };
  querySelectorAll(selector: string): Iterable<{
    readonly textContent: string | null;
    getBoundingClientRect(): { readonly height: number };
  }>;
}
