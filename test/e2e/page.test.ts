import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { BrowserContextOptions } from 'playwright-core';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { assertAccessible } from '../support/assert-accessible.ts';
import { NO_BROWSER } from '../support/open-browser.ts';
import {
  dropFile,
  hashOf,
  openPage,
  PHONE,
  tilesOf,
  untilAt,
  untilDrawn,
  untilFocused,
} from '../support/open-page.ts';
import { pageSuite } from '../support/page-suite.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { until } from '../support/until.ts';

const PICTURES = 30;

/** A name that would run a script, were it taken for HTML, and turns the writing around. */
const HOSTILE = '<img src=x onerror="document.title=1">\u202egnp.png';

describe('the page', { timeout: 300_000 }, () => {
  const missing = NO_BROWSER;
  const suite = pageSuite(serve);
  const { folder, open } = suite;
  const pictures = join(folder, 'pictures');
  const library = join(folder, 'library');
  const held = join(pictures, 'part-1', '0005.jpg');

  async function serve() {
    await drawPictureFolder(pictures, PICTURES);
    await drawNumbered(77).png().toFile(join(pictures, HOSTILE));
    mkdirSync(join(pictures, 'again'));
    writeFileSync(join(pictures, 'again', 'the same.jpg'), readFileSync(held));
    writeFileSync(join(pictures, 'broken.jpg'), readFileSync(held).subarray(0, 500));
    await drawNumbered(5).resize(48).jpeg().toFile(join(folder, 'query.jpg'));
    writeFileSync(join(folder, 'text.jpg'), 'this is no picture');
    await eideticJson(['index', pictures, '--library', library, '--json'], 1);
    return serveEidetic(library, ['--allow-index', pictures]);
  }

  it('shows what is there, and finds what looks like a picture that is dropped', {
    skip: missing,
  }, async () => {
    const { page, origins, problems } = await open();
    await page.getByRole('heading', { name: 'Drop a picture to see what looks like it' }).waitFor();
    await page.getByText(`${PICTURES + 1} pictures`).waitFor();
    await tilesOf(page, 'Newest in the library').first().waitFor();

    await dropFile(page, join(folder, 'query.jpg'));
    await untilAt(page, /^#\/search\?dropped=[0-9a-f]{64}$/);
    await tilesOf(page).first().waitFor();
    assert.match((await tilesOf(page).first().getAttribute('title')) ?? '', /^(0005|the same)\.jpg$/);
    assert.equal(await page.getByText('The same file').count(), 0);

    await dropFile(page, held);
    await page.getByText('The same file').waitFor();
    const address = page.url();
    await page.reload();
    await page.getByText('The same file').waitFor();
    assert.equal(page.url(), address);
    await page.goBack();
    await page.getByText('The same file').waitFor({ state: 'detached' });
    await page.goBack();
    await page.getByText('Newest in the library').waitFor();

    assert.deepEqual([...origins], [suite.server.address]);
    assert.deepEqual(problems, []);
  });

  it('goes on from a hit, through the hits with arrow keys, and back', { skip: missing }, async () => {
    const { page, problems } = await open('#/search?id=3');
    const first = page.getByRole('list').getByRole('button').first();
    const name = await first.getAttribute('title');
    await first.click();
    await page.getByRole('heading', { level: 1, name: name ?? '' }).waitFor();
    const address = page.url();
    await page.getByRole('button', { name: 'Next picture' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await until('another picture is shown', () => page.url() !== address);
    await page.keyboard.press('ArrowLeft');
    await until('the first picture is shown again', () => page.url() === address);
    await page.getByRole('button', { name: 'Next picture' }).waitFor();
    await page.keyboard.press('Escape');
    await untilAt(page, /^#\/search\?id=3$/);
    await first.click();
    await page.getByRole('link', { name: 'What looks like it' }).click();
    await untilAt(page, /^#\/search\?id=/);
    assert.deepEqual(problems, []);
  });

  it('searches a part, more and less like this, and through filters', { skip: missing }, async () => {
    const { page, problems } = await open('#/search?id=3');
    await page.getByRole('button', { name: 'Search a part' }).click();
    await page.keyboard.press('Escape');
    await page.locator('.picking').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Search a part' }).click();
    await untilDrawn(page, '.picking img');
    const box = await page.locator('.picking').boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.25);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.75, { steps: 4 });
    await page.mouse.up();
    await untilAt(page, /region=/);
    const region =
      new URLSearchParams(hashOf(page).split('?')[1]).get('region')?.split(',').map(Number) ?? [];
    assert.ok(
      region.every((part, i) => Math.abs(part - (i < 2 ? 0.25 : 0.5)) < 0.02),
      `${region}`,
    );
    await page.getByRole('button', { name: 'The whole picture' }).click();
    await untilAt(page, /^#\/search\?id=3$/);

    await page.getByText('Filters').click();
    await page.getByLabel('png').check();
    await untilAt(page, /format=png/);
    await until('one hit is left', async () => (await page.getByRole('listitem').count()) === 1);
    await page.getByRole('button', { name: 'No filters' }).click();
    await untilAt(page, /^#\/search\?id=3$/);

    const tile = page.getByRole('listitem').first();
    await tile.hover();
    await tile.getByRole('button', { name: 'More like this' }).click();
    await untilAt(page, /like=3%2C\d+$/);
    const other = page.getByRole('listitem').nth(1);
    await other.hover();
    await other.getByRole('button', { name: 'Less like this' }).click();
    await untilAt(page, /unlike=\d+$/);
    await page.locator('.example').nth(2).waitFor();

    assert.deepEqual(problems, []);
  });

  it('shows names as they are, whatever they would do', { skip: missing }, async () => {
    const { page, problems } = await open('#/search?id=3&format=png');
    await page.getByRole('list').getByRole('button').first().click();
    const shown = HOSTILE.replace('\u202e', '\\u{202e}');
    await page.getByRole('heading', { level: 1, name: shown }).waitFor();
    await page.locator('code').filter({ hasText: shown }).first().waitFor();
    assert.equal(await page.title(), `${shown} – Eidetic`);
    assert.deepEqual(problems, []);
  });

  it('lists equal files', { skip: missing }, async () => {
    const { page, problems } = await open('#/equal');
    await page.getByRole('heading', { name: 'The same bytes' }).waitFor();
    await page.locator('.group code').filter({ hasText: 'the same.jpg' }).waitFor();
    assert.equal(await page.locator('.group').count(), 1);
    assert.deepEqual(problems, []);
  });

  it('says what is wrong with what is no picture, and what is not kept', { skip: missing }, async () => {
    const { page } = await open();
    await dropFile(page, join(folder, 'text.jpg'));
    await page.getByRole('alert').getByText('That is not a picture.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.goto(`${suite.server.address}/#/search?dropped=${'ab'.repeat(32)}`);
    await page.getByText('the server has forgotten it').waitFor();
    await page.goto(`${suite.server.address}/#/search?id=999`);
    await page.getByRole('alert').getByText('no picture 999').waitFor();
  });

  it('works from the keyboard alone', { skip: missing }, async () => {
    const { page } = await open();
    await tilesOf(page, 'Newest in the library').first().focus();
    await page.keyboard.press('ArrowRight');
    await untilFocused(page, 1);
    await page.keyboard.press('End');
    await untilFocused(page, PICTURES);
    await page.keyboard.press('Home');
    await untilFocused(page, 0);
    await page.keyboard.press('Enter');
    await untilAt(page, /^#\/search\?id=/);
  });

  it('is found without faults by axe, in both themes and on a phone', { skip: missing }, async () => {
    const looks: readonly BrowserContextOptions[] = [
      { colorScheme: 'light' },
      { ...PHONE, colorScheme: 'dark' },
    ];
    for (const look of looks) {
      const { page } = await open('', look);
      for (const view of ['#/', '#/search?id=3', '#/equal', '#/library']) {
        await page.goto(`${suite.server.address}/${view}`);
        await page.locator('h1, .query .name').first().waitFor();
        await assertAccessible(page, view);
      }
    }
  });

  it('asks for a key, tells a wrong one, and shows pictures with the right one, below a base path', {
    skip: missing,
  }, async (t) => {
    const place = join(folder, 'locked');
    await eideticJson(['index', join(pictures, 'part-1'), '--library', place, '--json']);
    const { secret } = await openKeyStore(join(place, 'keys')).add('page', 'read');
    const locked = await serveEidetic(place, ['--require-key', '--base-path', '/eidetic']);
    t.after(() => locked.stop());
    const { page } = await openPage(suite.browser, `${locked.address}/eidetic`);
    await page.getByLabel('Key').fill('wrong');
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByText('This key is not known here').waitFor();
    await page.getByLabel('Key').fill(secret);
    await page.getByRole('button', { name: 'Enter' }).click();
    await tilesOf(page, 'Newest in the library').first().waitFor();
    await untilDrawn(page, '.tile img');
    await dropFile(page, held);
    await page.getByText('The same file').waitFor();
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByText('Your key may not see this.').waitFor();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByLabel('Key').waitFor();
  });
});
