import assert from 'node:assert/strict';
import { copyFileSync, linkSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import sharp from 'sharp';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { createEideticClient, type SearchAnswer } from '../../src/client/eidetic-client.ts';
import { assertAccessible } from '../support/assert-accessible.ts';
import { NO_BROWSER } from '../support/open-browser.ts';
import { dropFile, hashOf, openPage, PHONE, tilesOf, untilAt, untilDrawn } from '../support/open-page.ts';
import { pageSuite } from '../support/page-suite.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { TURNED_HEIC } from '../support/turned-heic.ts';
import { until } from '../support/until.ts';
import { drawManyThings } from '../support/view-of.ts';

/** Names that would do something, were they taken for more than text, and one as long as a name can be. */
const MARKUP = '<img src=x onerror="document.title=1">\u202egnp.png';
const LONG = `${'lång'.repeat(50)}x.png`;

/** A drawing that would run scripts, ask others and read files, if it were opened as a document of this server. */
const HOSTILE_SVG = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="200" height="200" onload="document.title='run'">
  <style>@import url("http://198.51.100.7/a.css"); rect { fill: url(http://198.51.100.7/b.svg#c) }</style>
  <script>document.title = 'run'; fetch('http://198.51.100.7/d')</script>
  <image href="http://198.51.100.7/e.png" width="10" height="10"/>
  <image xlink:href="file:///etc/passwd" width="10" height="10"/>
  <foreignObject width="100" height="100"><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="http://198.51.100.7/f"></iframe><img src="x" onerror="document.title='run'"/></body></foreignObject>
  <circle cx="100" cy="100" r="60" fill="teal"/>
</svg>`;

describe('one picture and equal files on the page', { timeout: 300_000 }, () => {
  const skip = NO_BROWSER;
  const suite = pageSuite(serve);
  const { folder, open } = suite;
  const pictures = join(folder, 'pictures');
  const library = join(folder, 'library');
  const at = (name: string) => join(pictures, name);
  const crop = join(folder, 'crop.webp');
  const ids = new Map<string, number>();

  async function serve() {
    for (const name of ['alike', 'odd', 'drive', 'twice', 'scene']) {
      mkdirSync(at(name), { recursive: true });
    }
    const large = await drawNumbered(1, 800).resize(1_600, 1_200, { fit: 'fill' }).jpeg().toBuffer();
    writeFileSync(at('alike/large.jpg'), large);
    for (const side of [300, 400, 500]) {
      await drawNumbered(1, 800)
        .resize(side, side - 20, { fit: 'fill' })
        .jpeg()
        .toFile(at(`alike/${side}.jpg`));
    }
    await drawNumbered(2).resize(30, 20, { fit: 'fill' }).png().toFile(at('odd/icon.png'));
    await drawNumbered(3).resize(3_000, 300, { fit: 'fill' }).jpeg().toFile(at('odd/panorama.jpg'));
    await drawNumbered(4)
      .png()
      .toFile(at(`odd/${MARKUP}`));
    await drawNumbered(5)
      .png()
      .toFile(at(`odd/${LONG}`));
    writeFileSync(at('odd/drawing.svg'), HOSTILE_SVG);
    writeFileSync(at('odd/phone.heic'), TURNED_HEIC);
    await drawNumbered(6, 300).jpeg().toFile(at('twice/one.jpg'));
    copyFileSync(at('twice/one.jpg'), at('twice/two.jpg'));
    linkSync(at('twice/one.jpg'), at('twice/one again.jpg'));
    copyFileSync(at('twice/one.jpg'), at('drive/one.jpg'));
    await drawNumbered(7).png({ compressionLevel: 1 }).toFile(at('twice/pixels.png'));
    await drawNumbered(7).webp({ lossless: true }).toFile(at('twice/pixels.webp'));
    await drawNumbered(8).jpeg().toFile(at('drive/only here.jpg'));
    const scene = await drawManyThings('lake').png().toBuffer();
    await sharp(scene).jpeg({ quality: 95 }).toFile(at('scene/lake.jpg'));
    const half = sharp(scene).extract({ left: 320, top: 0, width: 320, height: 480 });
    await half.clone().flop().jpeg().toFile(at('scene/half.jpg'));
    await half.resize(200).webp().toFile(crop);
    await drawManyThings('hill').jpeg().toFile(at('scene/hill.jpg'));
    await eideticJson(['index', pictures, '--library', library, '--json']);
    const server = await serveEidetic(library);
    const { pictures: all } = await createEideticClient({ address: server.address }).pictures({ limit: 100 });
    for (const { id, files } of all) {
      for (const file of files) {
        ids.set(file.slice(pictures.length + 1), id);
      }
    }
    // Thumbnails of what is then away stay.
    for (const size of [256, 512]) {
      await fetch(`${server.address}/v1/pictures/${ids.get('drive/only here.jpg')}/thumbnail?size=${size}`);
    }
    renameSync(at('drive'), join(folder, 'unplugged'));
    return server;
  }
  const pictureOf = (name: string) => `#/picture/${ids.get(name)}`;
  const levelOf = (page: Page) => page.locator('.level').textContent();
  const boxOf = async (page: Page, selector = '.zoomed') =>
    (await page.locator(selector).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const untilLevel = (page: Page, level: string) =>
    until(`the level is ${level}`, async () => (await levelOf(page)) === level);

  it('goes through hits with arrow keys, wherever the focus is, and back with Escape', { skip }, async () => {
    const { page, problems } = await open(`#/search?id=${ids.get('alike/large.jpg')}`);
    await tilesOf(page).first().click();
    await page.getByText(/^1 of \d+$/).waitFor();
    await page.locator('.zoom:focus').waitFor();
    const first = hashOf(page);
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^2 of \d+$/).waitFor();
    await page.getByRole('button', { name: 'Zoom in' }).focus();
    await page.keyboard.press('ArrowLeft');
    await page.getByText(/^1 of \d+$/).waitFor();
    assert.equal(hashOf(page), first);
    // The button that steps keeps the focus, also at the end of the list.
    const button = page.getByRole('button', { name: 'Previous picture' });
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await page.getByRole('button', { name: 'Next picture' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(/^2 of \d+$/).waitFor();
    await page.getByRole('button', { name: 'Next picture' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await untilAt(page, /^#\/search\?id=\d+$/);
    await page.goto(
      `${suite.server.address}/${pictureOf('alike/300.jpg')}?within=${encodeURIComponent(`/search?id=${ids.get('alike/large.jpg')}`)}`,
    );
    await page.reload();
    await page.getByText(/^\d of \d+$/).waitFor();
    assert.deepEqual(problems, []);
  });

  it('marks hits that are copies, and shows both with what they have in common', { skip }, async () => {
    const { page, problems } = await open(`#/search?id=${ids.get('scene/lake.jpg')}`);
    const order = () =>
      tilesOf(page).evaluateAll((all) => all.map((one) => one.getAttribute('data-picture')));
    await tilesOf(page).first().waitFor();
    const before = await order();
    const half = page.getByRole('listitem').filter({ hasText: 'half.jpg' });
    await half.getByText('copy', { exact: true }).waitFor();
    assert.deepEqual(await order(), before);
    assert.equal(await page.locator('.mark-copy').count(), 1);

    await half.hover();
    await half.getByRole('button', { name: 'Compare' }).click();
    const address = `#/compare?a=${ids.get('scene/lake.jpg')}&b=${ids.get('scene/half.jpg')}`;
    assert.equal(hashOf(page), address);
    await page.getByRole('heading', { level: 1, name: 'A copy' }).waitFor();
    await page.getByText('B is the right half of A (50 % of it), mirrored.').waitFor();
    const outlines = await page
      .locator('.shared-line')
      .evaluateAll((all) => all.map((one) => one.getAttribute('d')));
    assert.match(outlines[0] ?? '', /^M(?=.*0\.(49|50)\d+ 0\.0+)(?=.*1\.0+ 1\.0+)/);
    assert.equal((outlines[1]?.match(/[01]\.00000 [01]\.00000/g) ?? []).length, 4, outlines[1] ?? '');
    await untilDrawn(page, '.compared img');
    await page.getByRole('button', { name: 'Over each other' }).click();
    await page.getByRole('slider', { name: 'From A to B' }).press('End');
    await page.locator('.laid image[opacity="1"]').waitFor();
    await page.getByText('The numbers behind it').click();
    await page.locator('.numbers dd').filter({ hasText: 'a copy from 3' }).waitFor();

    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'A copy' }).waitFor();
    await page.getByRole('button', { name: 'Over each other' }).click();
    await page.getByRole('slider').press('Escape');
    await untilAt(page, /^#\/search/);
    await half.getByText('copy', { exact: true }).waitFor();
    assert.deepEqual(problems, []);
  });

  it('marks copies of a dropped picture and of a linked one, and compares by keys alone', {
    skip,
  }, async () => {
    const { page, problems } = await open();
    await dropFile(page, crop);
    await untilAt(page, /dropped=/);
    await page.locator('.mark-copy').nth(1).waitFor();
    await tilesOf(page).first().focus();
    for (let i = 0; i < 3; i++) {
      await page.keyboard.press('Tab');
    }
    await page.getByRole('button', { name: 'Compare' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await untilAt(page, /^#\/compare\?a=[0-9a-f]{64}&b=\d+$/);
    await page.getByRole('heading', { level: 1, name: 'A copy' }).waitFor();
    await page.getByText('crop.webp').waitFor();
    await page.goBack();
    await page.locator('.mark-copy').nth(1).waitFor();

    // What the server would have fetched is sent in its place.
    const { page: linked } = await open();
    await linked.route('**/v1/queries', async (route) => {
      const body = await readFile(crop);
      await route.fulfill({
        response: await route.fetch({ headers: { 'content-type': 'image/webp' }, postData: body }),
      });
    });
    await linked.goto(`${suite.server.address}/#/search?url=http://pictures.invalid/crop.webp`);
    await linked.locator('.mark-copy').nth(1).waitFor();
    await tilesOf(linked).first().click();
    await linked.getByRole('link', { name: 'Compare with what was searched' }).click();
    await linked.getByText('http://pictures.invalid/crop.webp').waitFor();
    assert.deepEqual(problems, []);
  });

  it('claims nothing of copies when nobody could look, and gives up looking for who goes on', {
    skip,
  }, async () => {
    const { page } = await open();
    // What was found before is told with the hits; here nobody has looked yet.
    await page.route('**/v1/search', async (route) => {
      const response = await route.fetch();
      const { hits, ...answer } = (await response.json()) as SearchAnswer;
      const unknown = hits.map(({ relation: _, ...hit }) => hit);
      await route.fulfill({ response, json: { ...answer, hits: unknown } });
    });
    await page.route('**/v1/match', (route) =>
      route.fulfill({
        status: 503,
        headers: { 'content-type': 'application/problem+json', 'retry-after': '1' },
        json: { type: 'about:blank', title: '', status: 503, code: 'OVERLOADED', detail: '', requestId: '' },
      }),
    );
    const refused = page.waitForResponse('**/v1/match');
    await page.goto(`${suite.server.address}/#/search?id=${ids.get('scene/lake.jpg')}`);
    await refused;
    await tilesOf(page).first().waitFor();
    assert.equal(await page.locator('[class^=mark-copy], .state-bar > p').count(), 0);

    await page.unroute('**/v1/match');
    await page.route('**/v1/match', () => {}); // never answered
    const asked = page.waitForRequest('**/v1/match');
    await page.goto(`${suite.server.address}/#/search?id=${ids.get('scene/half.jpg')}`);
    const givenUp = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/v1/match'));
    await asked;
    await page.goto(`${suite.server.address}/#/`);
    await givenUp;

    await page.goto(`${suite.server.address}/#/compare?a=${'ab'.repeat(32)}&b=1`);
    await page.getByRole('alert').getByText('the server has forgotten it').waitFor();
  });

  it('zooms by keys, buttons, wheel and two clicks, and says how large it is', { skip }, async () => {
    const { page, problems } = await open(pictureOf('alike/large.jpg'));
    await page.locator('.zoomed').waitFor();
    const empty = await boxOf(page);
    await untilDrawn(page, '.layer');
    const whole = await boxOf(page);
    assert.deepEqual(whole, empty, 'nothing jumps');
    const stage = await boxOf(page, '.zoom');
    assert.ok(whole.width <= stage.width + 1 && whole.height <= stage.height + 1);
    const fitted = `${Math.round((whole.width / 1_600) * 100)}%`;
    assert.equal(await levelOf(page), fitted);
    await page.keyboard.press('1');
    await untilLevel(page, '100%');
    assert.equal((await boxOf(page)).width, 1_600);
    await page.locator('.layer[src$="/file"]:not(.to-come)').waitFor();
    const before = await boxOf(page);
    await page.keyboard.press('Shift+ArrowRight');
    await until('it has moved', async () => Math.abs((await boxOf(page)).x - before.x + 80) < 1);
    await page.keyboard.press('0');
    await untilLevel(page, fitted);
    await page.keyboard.press('+');
    await until('it is larger', async () => (await boxOf(page)).width > whole.width * 1.4);
    await page.keyboard.press('-');
    await untilLevel(page, fitted);
    const center = { x: stage.x + stage.width / 2, y: stage.y + stage.height / 2 };
    await page.mouse.dblclick(center.x, center.y);
    await untilLevel(page, '100%');
    await page.mouse.dblclick(center.x, center.y);
    await untilLevel(page, fitted);
    await page.mouse.move(center.x, center.y);
    await page.mouse.wheel(0, -300);
    await until('the wheel has zoomed', async () => (await boxOf(page)).width > whole.width * 1.2);
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await untilLevel(page, fitted);
    await page.mouse.move(center.x, center.y);
    await page.mouse.wheel(0, 200);
    await until('the page scrolls on', () =>
      page.evaluate(() => Number(Reflect.get(globalThis, 'scrollY')) > 0),
    );
    assert.deepEqual(problems, []);
  });

  it('never shows a small picture larger than it is, and a panorama whole', { skip }, async () => {
    const { page } = await open(pictureOf('odd/icon.png'));
    await untilDrawn(page, '.layer');
    const { width, height } = await boxOf(page);
    assert.deepEqual([width, height, await levelOf(page)], [30, 20, '100%']);
    await page.mouse.dblclick(...(await middleOf(page)));
    await until('it is looked at closely', async () => (await boxOf(page)).width > 400);
    await page.goto(`${suite.server.address}/${pictureOf('odd/panorama.jpg')}`);
    await untilDrawn(page, '.layer');
    await until(
      'it is there',
      async () => Math.abs((await boxOf(page)).width / (await boxOf(page)).height - 10) < 0.1,
    );
    assert.ok((await boxOf(page)).width <= (await boxOf(page, '.zoom')).width + 1);
  });

  const middleOf = async (page: Page): Promise<[number, number]> => {
    const { x, y, width, height } = await boxOf(page, '.zoom');
    return [x + width / 2, y + height / 2];
  };

  it('takes fingers: two zoom, one moves what is zoomed, else turns to the next', { skip }, async () => {
    const phone = { ...PHONE, deviceScaleFactor: 2 };
    const { page, problems } = await open(`#/search?id=${ids.get('alike/large.jpg')}`, phone);
    await tilesOf(page).first().tap();
    await page.getByText(/^1 of \d+$/).waitFor();
    const cdp = await page.context().newCDPSession(page);
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      points: ReadonlyArray<readonly [number, number]>,
    ) =>
      cdp.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
      await touch('touchStart', [from]);
      for (const part of [0.25, 0.5, 0.75, 1]) {
        await touch('touchMove', [[from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]]);
      }
      await touch('touchEnd', []);
    };
    await drag([300, 300], [80, 310]);
    await page.getByText(/^2 of \d+$/).waitFor();
    await drag([80, 300], [300, 310]);
    await page.getByText(/^1 of \d+$/).waitFor();
    await untilDrawn(page, '.layer');
    const { width } = await boxOf(page);
    await touch('touchStart', [
      [180, 300],
      [220, 300],
    ]);
    await touch('touchMove', [
      [100, 300],
      [300, 300],
    ]);
    await touch('touchEnd', []);
    await until('it is zoomed', async () => (await boxOf(page)).width > width * 2);
    const before = await boxOf(page);
    await drag([200, 300], [80, 300]);
    await until('it has moved', async () => (await boxOf(page)).x < before.x - 50);
    await page.getByText(/^1 of \d+$/).waitFor();
    const tap = () => [touch('touchStart', [[195, 300]]), touch('touchEnd', [])];
    await Promise.all([...tap(), ...tap()]);
    await until('it is whole again', async () => Math.abs((await boxOf(page)).width - width) < 1);
    for (const control of await page.locator('.stage button, .beside .button, .beside button').all()) {
      const box = await control.boundingBox();
      assert.ok(box !== null && box.height >= 40 && box.width >= 40, (await control.textContent()) ?? '');
    }
    assert.deepEqual(problems, []);
  });

  it('tells all its files whole, which are away, copies a path, and opens their folder', {
    skip,
  }, async () => {
    const { page } = await open(pictureOf('twice/one.jpg'), {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('heading', { name: '4 files' }).waitFor();
    const away = page.locator('.picture-files li').filter({ hasText: at('drive/one.jpg') });
    await away.getByText('Not there now').waitFor();
    const here = page.locator('.picture-files li').filter({ hasText: at('twice/two.jpg') });
    assert.equal(await here.getByText('Not there now').count(), 0);
    await here.getByRole('button', { name: 'Copy path' }).focus();
    await page.keyboard.press('Enter');
    await here.getByRole('status').filter({ hasText: 'Copied' }).waitFor({ state: 'attached' });
    const copied = () => page.evaluate('navigator.clipboard.readText()');
    assert.equal(await copied(), at('twice/two.jpg'));
    await here.getByRole('link', { name: 'Pictures in this folder' }).click();
    await page.getByText('3 pictures, with those in folders below it').waitFor();
    await tilesOf(page).first().click();
    await page.getByText('1 of 3').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: 'Pictures in this folder' }).waitFor();
  });

  it('shows a preview of what browsers cannot show, or cannot be reached, and says so', {
    skip,
  }, async () => {
    const { page } = await open(pictureOf('odd/phone.heic'));
    await page.getByText('Preview: browsers do not show HEIC files').waitFor();
    await untilDrawn(page, '.layer');
    await page.goto(`${suite.server.address}/${pictureOf('drive/only here.jpg')}`);
    await page.getByText('Preview: the original cannot be reached now').waitFor();
    await untilDrawn(page, '.layer');
    await page.getByText('The original cannot be downloaded now').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Original file' }).count(), 0);
    await page.goto(`${suite.server.address}/#/picture/999`);
    await page.getByRole('heading', { name: 'This picture is not in the library' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await untilAt(page, /^#\/picture\/\d+$/);
  });

  it('shows a hostile drawing without effect, and does not open it as a document', { skip }, async () => {
    const { page, origins } = await open(pictureOf('odd/drawing.svg'));
    await page.getByText('Preview: browsers do not show SVG files').waitFor();
    await untilDrawn(page, '.layer');
    await page.keyboard.press('1');
    assert.equal(await page.locator('img[src*="/file"]').count(), 0);
    const link = page.getByRole('link', { name: 'Original file' });
    const address = (await link.getAttribute('href')) ?? '';
    page.context().on('request', (request) => origins.add(new URL(request.url()).origin));
    const other = await page.context().newPage();
    const download = other.waitForEvent('download');
    await other.goto(address).catch(() => {}); // a download is no page
    await download;
    assert.deepEqual([await page.title(), await other.title()], ['drawing.svg – Eidetic', '']);
    assert.deepEqual([...origins], [suite.server.address]);
    const { headers } = await fetch(address);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/);
    assert.match(headers.get('content-disposition') ?? '', /^attachment/);
  });

  it('shows names without effect and never wider than a small phone', { skip }, async () => {
    const { page, problems } = await open('', { ...PHONE, viewport: { width: 320, height: 640 } });
    for (const [name, shown] of [
      [MARKUP, MARKUP.replace('\u202e', '\\u{202e}')],
      [LONG, LONG],
    ] as const) {
      await page.goto(`${suite.server.address}/${pictureOf(`odd/${name}`)}`);
      await page.getByRole('heading', { level: 1, name: shown }).waitFor();
      await page.locator('code').filter({ hasText: shown }).first().waitFor();
      await untilDrawn(page, '.layer');
    }
    const views = [
      pictureOf('odd/panorama.jpg'),
      '#/equal',
      `#/folder?path=${encodeURIComponent(at('odd'))}`,
    ];
    for (const view of [pictureOf(`odd/${LONG}`), ...views]) {
      await page.goto(`${suite.server.address}/${view}`);
      await page.locator('main h1').waitFor();
      assert.ok(
        await page.evaluate(() => {
          const root = Reflect.get(globalThis, 'document').documentElement;
          return root.scrollWidth <= root.clientWidth;
        }),
        view,
      );
    }
    assert.equal(await page.title(), 'Equal files – Eidetic');
    assert.deepEqual(problems, []);
  });

  it('lists equal files by what is there, with what tells them apart and what could be freed', {
    skip,
  }, async () => {
    const { page, problems } = await open('#/equal');
    await page.getByText('2 groups with 4 files.').waitFor();
    const same = page.locator('.group').first();
    const kilobytes = (statSync(at('twice/one.jpg')).size / 1_000).toPrecision(3).replace(/\.?0+$/, '');
    const words = (await same.textContent()) ?? '';
    assert.ok(words.startsWith(`2 files300 × 300 · JPEG · ${kilobytes} kBwould free ${kilobytes} kB`), words);
    await same.getByText('A further name of the file above').waitFor();
    await same
      .locator('.member-file')
      .filter({ hasText: at('drive/one.jpg') })
      .getByText('Not there now')
      .waitFor();
    const kinds = page.getByRole('navigation', { name: 'Kinds of equal files' });
    await kinds.getByRole('link', { name: 'Same pixels 1' }).click();
    await untilAt(page, /^#\/equal\?only=same-pixels$/);
    await page.getByRole('heading', { name: 'The same bytes' }).waitFor({ state: 'detached' });
    const members = page.locator('.differing');
    assert.deepEqual((await members.allInnerTexts()).map((text) => /PNG|WEBP/.exec(text)?.[0]).sort(), [
      'PNG',
      'WEBP',
    ]);
    assert.doesNotMatch((await members.first().textContent()) ?? '', /96 × 96/);
    await page.goBack();
    await page.getByRole('heading', { name: 'The same bytes' }).waitFor();
    await page.locator('.member-picture').first().click();
    await untilAt(page, /^#\/picture\/\d+$/);
    assert.deepEqual(problems, []);
  });

  it('says that nothing lies twice only of what it knows', { skip }, async () => {
    const { page } = await open('#/equal');
    await page.getByText('2 groups with 4 files.').waitFor();
    await page.route('**/v1/duplicates/files*', async (route) => {
      const answer = (await (await route.fetch()).json()) as { counts: object };
      const counts = { identical: 0, 'same-image-data': 0, 'same-pixels': 0 };
      await route.fulfill({ json: { ...answer, groups: [], counts, fileCount: 0, goneGroups: 2 } });
    });
    await page.reload();
    await page.getByText('Of the files that are there now, none is known to lie twice.').waitFor();
    assert.equal(await page.getByText('No file here lies twice.').count(), 0);
  });

  it('waits for a first report that outlasts a request, and shows how far it is', { skip }, async () => {
    const { page } = await open('#/library');
    const busy = {
      type: 'about:blank',
      title: '',
      status: 503,
      code: 'OVERLOADED',
      detail: '',
      requestId: '',
    };
    let asked = 0;
    await page.route('**/v1/duplicates/files*', (route) =>
      asked++ < 2
        ? route.fulfill({ status: 503, contentType: 'application/problem+json', body: JSON.stringify(busy) })
        : route.continue(),
    );
    await page.route('**/v1/duplicates/progress', (route) =>
      route.fulfill({ json: { working: { step: 'looking', done: 12, total: 80 } } }),
    );
    await page.goto(`${suite.server.address}/#/equal`);
    await page.getByText('Comparing pixels: 12 of 80 pictures').waitFor();
    await page.getByText('2 groups with 4 files.').waitFor();
    assert.equal(await page.getByRole('alert').count(), 0);
  });

  it('is found without faults by axe, in both themes', { skip }, async () => {
    const compared = `#/compare?a=${ids.get('scene/half.jpg')}&b=${ids.get('scene/lake.jpg')}`;
    const looks: ReadonlyArray<readonly [BrowserContextOptions, readonly string[]]> = [
      [{ colorScheme: 'light' }, [pictureOf('twice/one.jpg'), '#/picture/999', compared]],
      [{ ...PHONE, colorScheme: 'dark' }, [pictureOf('odd/phone.heic'), '#/equal', compared]],
    ];
    for (const [look, views] of looks) {
      const { page } = await open('', look);
      for (const view of views) {
        await page.goto(`${suite.server.address}/${view}`);
        await page.locator('main h1').waitFor();
        await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
        await assertAccessible(page, view);
      }
      assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0);
    }
  });

  /** How many requests for thumbnails a server has answered. */
  async function thumbnailsAsked(address: string, key: string | null): Promise<number> {
    const metrics = await createEideticClient({ address, ...(key === null ? {} : { key }) }).metrics();
    const counts = metrics.matchAll(/^eidetic_request_seconds_count\{[^}]*"getThumbnail"[^}]*\} (\d+)$/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** Looks at the newest pictures twice. @returns how many thumbnails the server was asked for the second time */
  async function askedAgain(address: string, key: string | null): Promise<number> {
    const { page } = await openPage(suite.browser, address);
    if (key !== null) {
      await page.getByLabel('Key').fill(key);
      await page.getByRole('button', { name: 'Enter' }).click();
    }
    let asked = await thumbnailsAsked(address, key);
    for (let n = 0; n < 2; n++) {
      asked = await thumbnailsAsked(address, key);
      await page.goto(`${address}/#/library`);
      await page.reload();
      await page.goto(`${address}/#/`);
      await tilesOf(page, 'Newest in the library').first().waitFor();
      await untilDrawn(page, '.tile img');
      await page.waitForLoadState('networkidle');
    }
    return (await thumbnailsAsked(address, key)) - asked;
  }

  it('asks for a thumbnail once, with a key too', { skip }, async (t) => {
    assert.equal(await askedAgain(suite.server.address, null), 0);
    await suite.server.stop(); // a library has one server
    const { secret } = await openKeyStore(join(library, 'keys')).add('page', 'read');
    const locked = await serveEidetic(library, ['--require-key']);
    t.after(() => locked.stop());
    assert.equal(await askedAgain(locked.address, secret), 0);
    assert.ok((await thumbnailsAsked(locked.address, secret)) > 0);
  });
});
