import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { hasNginx, NGINX, runNginx } from '../support/nginx.ts';
import { CHROMIUM, hasBrowser, openBrowser } from '../support/open-browser.ts';
import { dropFile, openPage, untilAt, untilDrawn } from '../support/open-page.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FORWARDING = `proxy_set_header Host $http_host;
proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Forwarded-Proto $scheme;
client_max_body_size 64m;`;

async function openNginx(t: TestContext, servers: readonly string[]): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const nginx = await runNginx(folder, servers);
  t.after(() => nginx.stop());
  return nginx.addresses;
}

async function openKeyed(
  t: TestContext,
  basePath: string,
): Promise<{ app: ServedApp; key: string; pictures: string }> {
  const folder = temporaryFolder();
  const { secret } = await openKeyStore(join(folder, 'library', 'keys')).add('page', 'admin');
  const pictures = join(folder, 'pictures');
  const app = await serveApp(folder, 3, { basePath, allowIndex: [pictures] });
  t.after(() => app.close());
  return { app, key: secret, pictures };
}

describe('behind nginx', { timeout: 180_000 }, () => {
  it('a server with keys is reached below a sub-path, stripped or passed on, and without one', async (t) => {
    if (!hasNginx()) {
      t.skip(`no nginx at ${NGINX}: install nginx, or name one with NGINX`);
      return;
    }
    const { app, key, pictures } = await openKeyed(t, '/eidetic');
    const [passedOn = '', stripped = ''] = await openNginx(t, [
      `location /eidetic { proxy_pass ${app.address}; ${FORWARDING} }`,
      `location /eidetic/ { proxy_pass ${app.address}/; ${FORWARDING} }`,
    ]);
    const plain = await openKeyed(t, '');
    const [whole = ''] = await openNginx(t, [
      `location / { proxy_pass ${plain.app.address}; ${FORWARDING} }`,
    ]);
    for (const [address, served, secret, folder] of [
      [`${passedOn}/eidetic`, app, key, pictures],
      [`${stripped}/eidetic/`, app, key, pictures],
      [whole, plain.app, plain.key, plain.pictures],
    ] as const) {
      await assertReached(address, served, secret, folder);
    }
    await t.test('and its page and explorer work in a browser, by a session', async (browsing) => {
      if (!hasBrowser()) {
        browsing.skip(`no browser at ${CHROMIUM}: install Chromium, or name one with CHROMIUM`);
        return;
      }
      const browser = await openBrowser();
      browsing.after(() => browser.close());
      await assertLookedAt(browser, `${passedOn}/eidetic`, key);
      await assertLookedAt(browser, `${stripped}/eidetic`, key);
      await assertExplored(browser, `${passedOn}/eidetic`, key);
      await assertExplored(browser, `${stripped}/eidetic`, key);
    });
  });

  it('a server without keys answers nobody', async (t) => {
    if (!hasNginx()) {
      t.skip(`no nginx at ${NGINX}: install nginx, or name one with NGINX`);
      return;
    }
    const app = await serveApp(temporaryFolder(), 1, { publicHost: '127.0.0.1' });
    t.after(() => app.close());
    const addresses = await openNginx(t, [
      `location / { proxy_pass ${app.address}; ${FORWARDING} }`,
      `location / { proxy_pass ${app.address}; proxy_set_header X-Real-IP $remote_addr; }`,
    ]);
    for (const address of addresses) {
      const response = await fetch(`${address}/v1/pictures`);
      assert.equal(response.status, 403);
      assert.match(await response.text(), /came through a proxy/);
    }
  });
});

async function assertReached(address: string, app: ServedApp, key: string, folder: string): Promise<void> {
  const client = createEideticClient({ address, key });
  assert.equal((await client.status()).state, 'ready', address);
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const create = { width: 1_000, height: 1_000, channels: 3, background: 'gray', noise } as const;
  const large = await sharp({ create }).png().toBuffer();
  assert.ok(large.length > 1_500_000, 'more than nginx takes unasked');
  const { uploads } = await client.upload([large, await drawNumbered(60).png().toBuffer()]);
  assert.deepEqual(
    uploads.map(({ error }) => error),
    [null, null],
  );
  const picture = uploads[0]?.picture;
  assert.ok(picture);
  const signed = await fetch(client.addressOf(picture.thumbnail));
  assert.deepEqual([signed.status, signed.headers.get('content-type')], [200, 'image/webp']);
  await assert.rejects(createEideticClient({ address }).thumbnail(picture.id), /401 UNAUTHORIZED/);
  assert.ok((await client.similar(picture.id)).hits.length > 0);
  const root = address.replace(/\/$/, '');
  const page = await fetch(`${root}/`);
  assert.match(await page.text(), /<div id="page">/);
  await assertFollowed(client, app, folder);
}

/** Events come while a job cannot go on: so nothing in between keeps them back. */
async function assertFollowed(
  client: ReturnType<typeof createEideticClient>,
  app: ServedApp,
  folder: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const held = await app.library.lock.acquire('run');
  const states: string[] = [];
  try {
    const { id } = await client.addJob(folder);
    for await (const job of client.watchJob(id, AbortSignal.timeout(30_000))) {
      if (states.length === 0) {
        await held.release();
      }
      states.push(job.state);
    }
  } finally {
    if (states.length === 0) {
      await held.release();
    }
  }
  assert.ok(states.length > 1, states.join());
  assert.equal(states.at(-1), 'done');
}

/** Every view of the page, from its key on: all that it asks for lies below the address, and is answered. */
async function assertLookedAt(browser: Browser, address: string, key: string): Promise<void> {
  const { page, problems } = await openPage(browser, `${address}/`);
  const astray: string[] = [];
  page.on('response', (response) => {
    if (!response.url().startsWith(`${address}/`) || response.status() >= 400) {
      astray.push(`${response.status()} ${response.url()}`);
    }
  });
  await page.getByLabel('Key').fill(key);
  // The refusal that made it ask for a key may have come before anybody listened.
  assert.equal(new Set([...astray.splice(0), `401 ${address}/v1/session`]).size, 1);
  problems.length = 0;
  await page.getByRole('button', { name: 'Enter' }).click();
  await untilDrawn(page, '.tile img');
  const file = join(temporaryFolder(), 'given.jpg');
  await drawNumbered(1).jpeg().toFile(file);
  await dropFile(page, file);
  await untilAt(page, /^#\/search\?dropped=/);
  await untilDrawn(page, '.query-picture img');
  await page.locator('[data-at="0"]').first().click();
  await untilAt(page, /^#\/picture\//);
  await untilDrawn(page, '.stage img');
  await page.getByRole('link', { name: 'Equal files' }).click();
  await page.getByRole('heading', { level: 1, name: 'Equal files' }).waitFor();
  await page.getByRole('link', { name: 'Library' }).click();
  await page.getByRole('heading', { name: 'This server' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'This server' }).waitFor();
  assert.deepEqual(astray, []);
  assert.deepEqual(problems, []);
  await page.context().close();
}

async function assertExplored(browser: Browser, address: string, key: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(`${address}/docs`);
  const opened = await page.evaluate(async (secret) => {
    const headers = { authorization: `Bearer ${secret}` };
    return (await fetch('v1/session', { method: 'POST', headers })).status;
  }, key);
  assert.equal(opened, 200);
  await page.getByText('One picture', { exact: true }).click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await page.getByPlaceholder('id', { exact: true }).first().fill('1');
  await page.getByRole('button', { name: 'Execute' }).click();
  await page.locator('.live-responses-table').getByText('"width": 96').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
}
