import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { NO_BROWSER, openBrowser } from '../support/open-browser.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { serveForTest } from '../support/problem-server.ts';
import { askRaw } from '../support/raw-request.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { type ServedLibrary, serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Whether a page can show a picture by a plain <img>. */
function shows(page: Page, address: string): Promise<boolean> {
  return page.evaluate<boolean>(`new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve(image.naturalWidth > 0);
    image.onerror = () => resolve(false);
    image.src = ${JSON.stringify(address)};
    document.body.append(image);
  })`);
}

/** Follows events with the cookie: the type of the first one's state, or `refused`. */
function follows(page: Page, address: string): Promise<string> {
  return page.evaluate<string>(`new Promise((resolve) => {
    const events = new EventSource(${JSON.stringify(address)}, { withCredentials: true });
    const end = (what) => {
      events.close();
      resolve(what);
    };
    events.addEventListener('job', ({ data }) => end(typeof JSON.parse(data).state));
    events.onerror = () => end('refused');
  })`);
}

/** Sends a form as any page can send one anywhere, with the cookie where the browser lets it. */
function uploads(page: Page, address: string): Promise<void> {
  return page.evaluate<void>(`(async () => {
    const canvas = document.createElement('canvas');
    const bytes = await new Promise((resolve) => canvas.toBlob(resolve));
    const body = new FormData();
    body.set('image', bytes, 'a.png');
    const url = ${JSON.stringify(`${address}/v1/pictures`)};
    await fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(() => {});
  })()`);
}

async function servePage(t: TestContext, headers: Record<string, string> = {}): Promise<string> {
  return serveForTest(t, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', ...headers }).end('<!doctype html><body></body>');
  });
}

/** The same server under another name: another site. */
function elsewhere(address: string): string {
  return address.replace('127.0.0.1', 'localhost');
}

describe('pictures on web pages', { timeout: 180_000 }, () => {
  const missing = NO_BROWSER;
  const folder = temporaryFolder();
  let browser: Browser | null = null;

  before(async () => {
    if (missing === false) {
      await drawPictureFolder(join(folder, 'pictures'), 3);
      browser = await openBrowser();
    }
  });
  after(() => browser?.close());

  async function library(name: string): Promise<string> {
    const place = join(folder, name);
    await eideticJson(['index', join(folder, 'pictures'), '--library', place, '--json']);
    return place;
  }

  async function pageAt(context: BrowserContext, address: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(address);
    return page;
  }

  it('of a server without keys: on those of named origins, and on no others', {
    skip: missing,
  }, async (t) => {
    const named = await servePage(t);
    const other = await servePage(t);
    const secretive = await servePage(t, { 'referrer-policy': 'no-referrer' });
    const server = await serveEidetic(await library('open'), [
      '--cors',
      named,
      '--cors',
      secretive,
      '--public-host',
      'photos.example',
    ]);
    t.after(() => server.stop());
    const byName = await askRaw(server.address, '/v1/pictures', { host: 'photos.example' });
    assert.equal(byName.status, 200);
    const context = await (browser as Browser).newContext();
    const thumbnail = `${server.address}/v1/pictures/1/thumbnail`;
    const shown = async (address: string, picture = thumbnail) =>
      shows(await pageAt(context, address), picture);
    assert.equal(await shown(named), true);
    assert.equal(await shown(named, `${server.address}/v1/pictures/1/file`), true);
    // A page that shows it leaves a copy behind in the browser, which must not be shown by others.
    assert.equal(await shown(other), false);
    assert.equal(await shown(elsewhere(named)), false);
    assert.equal(await shown(secretive), false);
    assert.equal(await shown(`${server.address}/docs`, `${thumbnail}?size=128`), true);
    await context.close();
  });

  it('of a server with keys: by signed links on any, by the cookie on named ones of its site', {
    skip: missing,
  }, async (t) => {
    const named = await servePage(t);
    const other = await servePage(t);
    const place = await library('keyed');
    const { secret } = await openKeyStore(join(place, 'keys')).add('page', 'admin');
    const server = await serveEidetic(place, [
      '--cors',
      named,
      '--verbose',
      '--base-path',
      'eidetic',
      '--allow-index',
      join(folder, 'pictures'),
    ]);
    t.after(() => server.stop());
    const base = `${server.address}/eidetic`;
    const client = createEideticClient({ address: base, key: secret });
    const { thumbnail } = await client.picture(1);
    const signed = client.addressOf(thumbnail);
    const plain = `${base}/v1/pictures/2/thumbnail`;
    const context = await (browser as Browser).newContext();

    await t.test('signed links', async () => {
      for (const address of [named, other, elsewhere(other)]) {
        const page = await pageAt(context, address);
        assert.equal(await shows(page, signed), true, address);
        assert.equal(await shows(page, plain), false, address);
      }
    });

    const own = await pageAt(context, `${base}/docs`);
    await t.test('the cookie, which scripts cannot read', async () => {
      const headers = JSON.stringify({ authorization: `Bearer ${secret}` });
      const seen = await own.evaluate<string>(
        `fetch('v1/session', { method: 'POST', headers: ${headers} }).then(() => document.cookie)`,
      );
      assert.equal(seen, '');
      assert.equal((await context.cookies()).length, 1);
      assert.equal(await shows(own, plain), true);
      assert.equal(await shows(await pageAt(context, named), plain), true);
      assert.equal(await shows(await pageAt(context, other), plain), false);
      assert.equal(await shows(await pageAt(context, elsewhere(named)), plain), false);
    });

    await t.test('events of a job', async () => {
      const { id } = await client.addJob(join(folder, 'pictures'));
      const events = `${base}/v1/jobs/${id}/events`;
      assert.equal(await follows(own, events), 'string');
      assert.equal(await follows(await pageAt(context, named), events), 'string');
      assert.equal(await follows(await pageAt(context, other), events), 'refused');
      assert.equal(await follows(await pageAt(context, elsewhere(named)), events), 'refused');
    });

    await t.test('and lets other pages change nothing', async () => {
      const { pictures } = await client.pictures();
      for (const address of [named, other, elsewhere(other)]) {
        await uploads(await pageAt(context, address), base);
        assert.equal((await client.pictures()).pictures.length, pictures.length, address);
      }
      await uploads(own, base);
      assert.equal((await client.pictures()).pictures.length, pictures.length + 1);
    });

    await t.test('and ends with the session', async () => {
      await own.evaluate(`fetch('v1/session', { method: 'DELETE' })`);
      assert.deepEqual(await context.cookies(), []);
      const page = await pageAt(context, `${base}/docs`);
      assert.equal(await shows(page, plain), false);
    });
    assertSilent(server, secret, signed);
    await context.close();
  });
});

function assertSilent(server: ServedLibrary, secret: string, link: string): void {
  const log = server.log();
  assert.match(log, /"path":"\/v1\/pictures\/1\/thumbnail"/);
  const signature = new URL(link).searchParams.get('signature') ?? '';
  for (const word of [secret.slice(4), signature, 'eidetic_session', 'signature=']) {
    assert.ok(!log.includes(word), `the log tells ${word}`);
  }
}
