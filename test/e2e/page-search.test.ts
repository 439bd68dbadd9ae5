import assert from 'node:assert/strict';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { assertAccessible } from '../support/assert-accessible.ts';
import { NO_BROWSER } from '../support/open-browser.ts';
import { dropFile, hashOf, PHONE, tilesOf, untilAt, untilDrawn } from '../support/open-page.ts';
import { pageSuite } from '../support/page-suite.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { until } from '../support/until.ts';

const PICTURES = 36;

describe('searching on the page', { timeout: 300_000 }, () => {
  const missing = NO_BROWSER;
  const suite = pageSuite(serve);
  const { folder, open } = suite;
  const pictures = join(folder, 'pictures');
  const dated = join(pictures, 'dated', 'evening.jpg');
  const lent = join(pictures, 'lent.jpg');
  const query = join(folder, 'query.jpg');

  async function serve() {
    await drawPictureFolder(pictures, PICTURES);
    mkdirSync(join(pictures, 'dated'));
    await drawNumbered(90)
      .withExif({ IFD2: { DateTimeOriginal: '2024:05:31 18:00:00' } })
      .jpeg()
      .toFile(dated);
    await drawNumbered(91).jpeg().toFile(lent);
    await drawNumbered(5).resize(48).jpeg().toFile(query);
    writeFileSync(join(folder, 'notes.txt'), 'no picture');
    const library = join(folder, 'library');
    await eideticJson(['index', pictures, '--library', library, '--json']);
    return serveEidetic(library, ['--allow-fetch', 'pictures.invalid']);
  }
  const focused = (page: Page) => page.locator(':focus');

  it('takes what is dropped for what people mean by it, and says what it leaves aside', {
    skip: missing,
  }, async () => {
    const { page, problems } = await open();
    await tilesOf(page).first().waitFor();
    await dropPaths(page, [pictures]);
    await page.getByRole('status').getByText('That is a folder.').waitFor();
    await dropPaths(page, [join(folder, 'notes.txt')]);
    await page.getByText('notes.txt is not a picture.').waitFor();
    assert.equal(await page.getByText('That is a folder.').count(), 0);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByText('notes.txt is not a picture.').waitFor({ state: 'detached' });

    await dropPaths(page, [join(folder, 'notes.txt'), query, lent]);
    await untilAt(page, /dropped=/);
    await page.getByText(/^Looking for query\.jpg\. .* the other 2 files/).waitFor();
    assert.equal(await page.title(), 'query.jpg – Eidetic');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'query.jpg' }).waitFor();

    // Pictures of the page itself lead to what they show, dragged or as a link.
    const tile = page.locator('[data-at="1"]').first();
    const id = await tile.getAttribute('data-picture');
    await tile.dragTo(page.getByRole('heading', { level: 1 }));
    await untilAt(page, new RegExp(`search\\?id=${id}$`));
    await pasteText(page, `${suite.server.address}/v1/pictures/7/thumbnail?size=512`);
    await untilAt(page, /search\?id=7$/);
    const png = await drawNumbered(8).png().toBuffer();
    await pasteText(page, `data:image/png;base64,${png.toString('base64')}`);
    await untilAt(page, /dropped=/);
    await pasteText(page, 'only words');
    await tilesOf(page).first().waitFor();
    assert.deepEqual(problems, []);
  });

  it('offers the camera to fingers alone', { skip: missing }, async () => {
    const camera = (page: Page) => page.getByRole('button', { name: 'Take a photo' });
    const { page: phone } = await open('', PHONE);
    await camera(phone).waitFor();
    const chooser = phone.waitForEvent('filechooser');
    await camera(phone).tap();
    assert.equal(await (await chooser).element().getAttribute('capture'), 'environment');
    await (await chooser).setFiles(query);
    await untilAt(phone, /dropped=/);
    const { page } = await open();
    await page.getByRole('button', { name: 'Choose a picture' }).waitFor();
    assert.equal(await camera(page).isVisible(), false);
  });

  it('searches by a link where the server may fetch, and says why one is not had', {
    skip: missing,
  }, async () => {
    const { page, problems } = await open();
    const field = page.getByLabel('Or the link of a picture');
    const search = async (link: string) => {
      await page.goto(`${suite.server.address}/#/`);
      await field.fill(link);
      await field.press('Enter');
    };
    await search('beach.jpg');
    await page.getByRole('alert').getByText('This is no link that leads to a picture').waitFor();
    await search('https://elsewhere.example/beach.jpg');
    await page.getByRole('alert').getByText('This server may not fetch pictures from there.').waitFor();
    await page.getByText('it fetches only from hosts that its operator has named').waitFor();
    await search('http://pictures.invalid/beach.jpg');
    await page.getByRole('alert').getByText('No picture could be fetched from this link.').waitFor();
    assert.ok(
      problems.every((problem) => /status of 40[34]/.test(problem)),
      `${problems}`,
    );

    // Servers fetch from the public internet alone: what one would have fetched is sent in its place.
    let fetches = 0;
    await page.route('**/v1/queries', async (route) => {
      assert.deepEqual(route.request().postDataJSON(), { url: 'http://pictures.invalid/held.jpg' });
      fetches++;
      const body = await readFile(lent);
      await route.fulfill({
        response: await route.fetch({ headers: { 'content-type': 'image/jpeg' }, postData: body }),
      });
    });
    await search('http://pictures.invalid/held.jpg');
    await untilAt(page, /search\?url=http/);
    await page.getByText('The same file').waitFor();
    await untilDrawn(page, '.query-picture img');
    assert.equal(await page.title(), 'http://pictures.invalid/held.jpg – Eidetic');
    await page.reload();
    await page.getByText('The same file').waitFor();
    assert.equal(fetches, 2);

    // A server that was started without a host to fetch from says so.
    const { page: closed } = await open();
    await closed.route('**/v1/session', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), fetchesUrls: false } });
    });
    await closed.reload();
    await tilesOf(closed).first().waitFor();
    assert.equal(await closed.getByLabel('Or the link of a picture').count(), 0);
    await pasteText(closed, 'https://elsewhere.example/beach.jpg');
    await closed.getByRole('status').getByText('does not fetch pictures from links').waitFor();
  });

  it('searches a part from the keyboard alone, and keeps the focus where it was', {
    skip: missing,
  }, async () => {
    const { page } = await open('#/search?id=3');
    const part = page.getByRole('button', { name: 'Search a part', exact: true });
    await part.press('Enter');
    const region = page.getByRole('button', { name: /^Search a part\. Arrow keys/ });
    await region.and(focused(page)).waitFor();
    await page.keyboard.press('Escape');
    await part.and(focused(page)).waitFor();
    assert.equal(hashOf(page), '#/search?id=3');
    await page.keyboard.press('Enter');
    await region.and(focused(page)).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Enter');
    await untilAt(page, /region=0\.2%2C0\.25%2C0\.5%2C0\.55$/);
    await part.and(focused(page)).waitFor();
    await tilesOf(page).first().waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await untilAt(page, /^#\/search\?id=3$/);
    await part.and(focused(page)).waitFor();
  });

  it('searches a part with a finger, and draws none by a slip', { skip: missing }, async () => {
    const { page } = await open('#/search?id=3', PHONE);
    await page.getByRole('button', { name: 'Search a part' }).tap();
    await page.getByText('Draw a frame with your finger').waitFor();
    await untilDrawn(page, '.picking img');
    const box = await page.locator('.picking').boundingBox();
    assert.ok(box !== null && box.width > 200, JSON.stringify(box));
    const at = (x: number, y: number) => ({ x: box.x + box.width * x, y: box.y + box.height * y });
    await touch(page, [at(0.2, 0.2), at(0.205, 0.2)]);
    await touch(page, [at(0.2, 0.2), at(0.5, 0.5), at(0.7, 0.7)]);
    await untilAt(page, /region=0\.[12]\d*%2C0\.[12]\d*%2C0\.[45]\d*%2C0\.[45]\d*$/);
  });

  it('goes on from a dropped picture by more and less like this', { skip: missing }, async () => {
    const { page, problems } = await open();
    await dropFile(page, query);
    await untilAt(page, /dropped=/);
    await tilesOf(page).first().focus();
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'More like this' }).and(focused(page)).waitFor();
    const first = await page.locator('[data-at="0"]').first().getAttribute('data-picture');
    await page.keyboard.press('Enter');
    await untilAt(page, new RegExp(`like=[0-9a-f]{64}%2C${first}$`));
    await untilDrawn(page, '.example:first-child img');
    // The picture is an example now, and no hit: the keyboard goes on at the first of the others.
    await page.locator('[data-at="0"]:focus').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await untilAt(page, /unlike=\d+$/);
    await page.locator('.example button').nth(2).click();
    await page.locator('.example button').nth(1).click();
    await untilAt(page, /^#\/search\?dropped=[0-9a-f]{64}$/);
    await page.getByRole('heading', { level: 1, name: 'query.jpg' }).waitFor();
    assert.deepEqual(problems, []);
  });

  it('opens what can be done with a picture by a long press, not by scrolling, and by a button', {
    skip: missing,
  }, async () => {
    const { page, problems } = await open('#/search?id=3', PHONE);
    const tile = tilesOf(page).first();
    await page.getByRole('button', { name: 'Show them anyway' }).tap();
    await page.evaluate('scrollTo(0, 0)');
    const box = await tile.boundingBox();
    assert.ok(box !== null);
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const menu = page.getByRole('dialog');
    await touch(page, [middle, { ...middle, y: middle.y - 80 }, { ...middle, y: middle.y - 160 }], 700);
    assert.equal(await menu.count(), 0);
    await until('it has scrolled', async () => (await scrolled(page)) > 50);
    const moved = await tile.boundingBox();
    await touch(page, [{ x: middle.x, y: (moved?.y ?? 0) + box.height / 2 }], 700);
    await menu.getByRole('button', { name: 'Less like this' }).waitFor();
    assert.equal(hashOf(page), '#/search?id=3');
    await menu.getByRole('button', { name: 'Close' }).tap();
    await menu.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More actions' }).first().tap();
    await menu.getByRole('button', { name: 'Pictures in this folder' }).tap();
    await untilAt(page, /^#\/folder\?path=/);
    assert.deepEqual(problems, []);
  });

  it('asks again for a thumbnail that has not come', { skip: missing }, async () => {
    const { page } = await open('#/library');
    let isRefused = true;
    await page.route('**/thumbnail?*', (route) => (isRefused ? route.abort() : route.continue()));
    await page.evaluate("location.hash = '#/search?id=3'");
    await page.locator('.tile .missing').first().waitFor({ state: 'attached' });
    isRefused = false;
    await untilDrawn(page, '.tile img');
    const missed = page.locator('.tile .missing');
    await until('all have come', async () => (await missed.count()) === 0);
  });

  it('names hits, and marks those whose file is away', { skip: missing }, async () => {
    const { page } = await open('#/search?id=3');
    await page.locator('.tile-caption').getByText('0004.jpg').first().waitFor({ state: 'attached' });
    assert.match((await page.locator('.similarity').first().textContent()) ?? '', /^0\.\d\d$/);
    renameSync(lent, `${lent}.elsewhere`);
    try {
      const { page: after } = await open();
      await after.locator('[data-at="0"]').focus();
      await after.keyboard.press('End');
      const tile = after.getByRole('listitem').filter({ hasText: 'lent.jpg' });
      await tile.getByText('away').waitFor();
      assert.equal(await after.getByText('away').count(), 1);
    } finally {
      renameSync(`${lent}.elsewhere`, lent);
    }
  });

  it('keeps the place and the focus on the way back, and after a reload', { skip: missing }, async () => {
    const { page, problems } = await open('', { viewport: { width: 600, height: 500 } });
    await page.locator('[data-at="0"]').focus();
    for (const leaveBy of ['mouse', 'keyboard']) {
      await page.keyboard.press('End');
      await page.locator(`[data-at="${PICTURES + 1}"]:focus`).waitFor();
      await until('it has scrolled', async () => (await scrolled(page)) > 500);
      const [top, id] = [await scrolled(page), await focused(page).getAttribute('data-picture')];
      await (leaveBy === 'mouse' ? focused(page).click() : page.keyboard.press('Enter'));
      await untilAt(page, new RegExp(`search\\?id=${id}$`));
      await tilesOf(page).first().waitFor();
      assert.equal(await scrolled(page), 0);
      if (leaveBy === 'keyboard') {
        await page.locator('[data-at="0"]:focus').waitFor();
      }
      await page.goBack();
      await page.locator(`[data-picture="${id}"]:focus`).waitFor();
      assert.equal(await scrolled(page), top);
      await page.reload();
      await page.locator(`[data-picture="${id}"]:focus`).waitFor();
      assert.equal(await scrolled(page), top);
      await page.goForward();
      await untilAt(page, /search/);
      await until('it is at its top', async () => (await scrolled(page)) === 0);
      await page.goBack();
      await page.locator(`[data-picture="${id}"]:focus`).waitFor();
    }
    assert.deepEqual(problems, []);
  });

  it('goes through all hits with arrow keys, from one part of them to the next', {
    skip: missing,
  }, async () => {
    const { page } = await open('#/search?id=3');
    await page.getByRole('button', { name: 'Show them anyway' }).click();
    const lists = page.getByRole('list');
    assert.ok((await lists.count()) > 1, 'the hits are parted');
    await lists.last().locator('[data-at="0"]').focus();
    await page.keyboard.press('ArrowLeft');
    await until('the list before has the focus', () =>
      lists.last().evaluate((list) => !list.matches(':focus-within')),
    );
    await page.locator('.grid :focus').waitFor();
    await page.keyboard.press('ArrowRight');
    await lists.last().locator('[data-at="0"]:focus').waitFor();
  });

  it('filters by what can be, in an address that can be shared, and says when nothing passes', {
    skip: missing,
  }, async () => {
    const { page, problems } = await open('#/search?id=3&width=-5');
    await tilesOf(page).first().waitFor();
    assert.equal(await page.locator('.badge').count(), 0);
    await page.getByText('Filters', { exact: true }).click();
    const width = page.getByLabel(/At least this wide/);
    await width.fill('-5');
    await width.press('Enter');
    await page.getByText('A whole number from 1 to 100,000').waitFor();
    assert.equal(hashOf(page), '#/search?id=3&width=-5');
    await width.fill('5000');
    await width.press('Enter');
    await untilAt(page, /^#\/search\?id=3&width=5000$/);
    await page.getByText('Nothing that passes the filters was found.').waitFor();
    await page.locator('summary').getByText('5,000 pixels wide or more').waitFor();
    await page.locator('.nothing').getByRole('button', { name: 'No filters' }).click();
    await untilAt(page, /^#\/search\?id=3$/);

    // The last day counts as well.
    await page.getByLabel('Taken until').fill('2024-05-31');
    await page.getByRole('listitem').filter({ hasText: 'evening.jpg' }).waitFor();
    assert.equal(await page.getByRole('listitem').count(), 1);
    await page.reload();
    await page.getByRole('listitem').filter({ hasText: 'evening.jpg' }).waitFor();
    assert.equal(await page.getByRole('listitem').count(), 1);
    await page.getByLabel('Taken from').fill('2024-06-01');
    await page.getByText('The first day comes after the last').waitFor();
    await page.getByRole('button', { name: 'Swap them' }).click();
    await untilAt(page, /after=2024-05-31&before=2024-06-01$/);
    await page.getByRole('listitem').filter({ hasText: 'evening.jpg' }).waitFor();

    await page.goto(`${suite.server.address}/#/search?id=3`);
    await tilesOf(page).first().waitFor();
    const options = await page
      .locator('#folders option')
      .evaluateAll((all) => all.map((one) => one.getAttribute('value')));
    for (const known of [pictures, join(pictures, 'part-1'), join(pictures, 'dated')]) {
      assert.ok(options.includes(known), `${known} is suggested`);
    }
    assert.deepEqual(problems, []);
  });

  it('says where lists end that the server does not continue', { skip: missing }, async () => {
    const { page } = await open();
    let asked = 0;
    await page.route('**/v1/search', async (route) => {
      asked++;
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), nextOffset: 10_080 } });
    });
    await page.goto(`${suite.server.address}/#/search?id=3`);
    await page.getByRole('button', { name: 'Show them anyway' }).click();
    await page.getByText(`The first ${PICTURES + 1} are shown, and lists go no further.`).waitFor();
    assert.equal(asked, 1);
  });

  it('moves nothing when the picture comes that is looked for', { skip: missing }, async () => {
    const { page } = await open();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/v1/queries/*/thumbnail*', async (route) => {
      await held;
      await route.continue();
    });
    await dropFile(page, query);
    await untilAt(page, /dropped=/);
    await page.locator('.similarity').first().waitFor();
    const place = async () => [
      await page.locator('.grid').first().boundingBox(),
      await page.getByRole('heading', { level: 1 }).boundingBox(),
    ];
    const before = await place();
    release();
    await untilDrawn(page, '.query-picture img');
    assert.deepEqual(await place(), before);
  });

  it('shows newer pictures before the others, and moves nobody who looks at older ones', {
    skip: missing,
  }, async () => {
    const { page } = await open('', { viewport: { width: 600, height: 500 } });
    const add = async (n: number) => {
      await createEideticClient({ address: suite.server.address }).upload(
        await drawNumbered(n).png().toBuffer(),
      );
      await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    };
    await tilesOf(page).first().waitFor();
    const first = await tilesOf(page).first().getAttribute('data-picture');
    await add(95);
    await until(
      'it is the first',
      async () => (await tilesOf(page).first().getAttribute('data-picture')) !== first,
    );
    await page.locator('[data-at="0"]').focus();
    await page.keyboard.press('End');
    await until('it has scrolled', async () => (await scrolled(page)) > 500);
    const top = await scrolled(page);
    await add(96);
    await page.getByRole('button', { name: 'Show 1 newer picture' }).click();
    await until('they are shown from the first on', async () => (await scrolled(page)) === 0);
    assert.ok(top > 500);
    assert.match((await tilesOf(page).first().getAttribute('title')) ?? '', /\.png$/);
  });

  it('is found without faults by axe with a menu, filters and a frame open', { skip: missing }, async () => {
    const { page: phone } = await open('#/search?id=3&format=jpeg', { ...PHONE, colorScheme: 'dark' });
    await tilesOf(phone).first().waitFor();
    await phone.getByRole('button', { name: 'Search a part' }).tap();
    await assertAccessible(phone, 'frame and filters');
    await phone.getByRole('button', { name: 'Cancel', exact: true }).tap();
    await phone.getByRole('button', { name: 'More actions' }).first().tap();
    await phone.getByRole('dialog').waitFor();
    await assertAccessible(phone, 'menu');
    assert.equal(await overflow(phone), 0);
    await phone.keyboard.press('Escape');
    await phone.goto(`${suite.server.address}/#/`);
    await tilesOf(phone).first().waitFor();
    assert.equal(await overflow(phone), 0);

    const { page } = await open('#/search?like=3,5&unlike=7');
    await untilDrawn(page, '.example img');
    await assertAccessible(page, 'examples');
  });
});

/** Pixels by which a page is wider than its window. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth');
}

function scrolled(page: Page): Promise<number> {
  return page.evaluate('scrollY');
}

/** Drops files or folders of this machine, as the system does. */
async function dropPaths(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  }
}

function pasteText(page: Page, text: string): Promise<void> {
  return page.evaluate(`{
    const data = new DataTransfer();
    data.setData('text/plain', ${JSON.stringify(text)});
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  }`);
}

/** A finger that goes down at the first point, over the others, and up. @param lastsMs between down and up, at least */
async function touch(
  page: Page,
  points: ReadonlyArray<{ readonly x: number; readonly y: number }>,
  lastsMs = 0,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: readonly { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: [...at] });
  const [first, ...others] = points;
  assert.ok(first !== undefined);
  await send('touchStart', [first]);
  for (const point of others) {
    await send('touchMove', [point]);
  }
  await new Promise((resolve) => setTimeout(resolve, lastsMs));
  await send('touchEnd', []);
}
