import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { CHROMIUM, hasBrowser, openBrowser } from '../support/open-browser.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('the API explorer works in a browser and asks no other host', { timeout: 90_000 }, async (t) => {
  if (!hasBrowser()) {
    t.skip(`no browser at ${CHROMIUM}: install Chromium, or name one with CHROMIUM`);
    return;
  }
  const folder = temporaryFolder();
  await drawPictureFolder(join(folder, 'pictures'), 4);
  await eideticJson(['index', join(folder, 'pictures'), '--library', join(folder, 'library'), '--json']);
  const server = await serveEidetic(join(folder, 'library'));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const asked = new Set<string>();
    const problems: string[] = [];
    page.on('request', (request) => asked.add(new URL(request.url()).origin));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`${server.address}/docs`);
    await page.getByText('One picture', { exact: true }).click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByPlaceholder('id', { exact: true }).first().fill('1');
    await page.getByRole('button', { name: 'Execute' }).click();
    await page.locator('.live-responses-table').getByText('"width": 96').waitFor();
    assert.deepEqual([...asked], [server.address]);
    assert.deepEqual(problems, []);
  } finally {
    await browser.close();
    await server.stop();
  }
});
