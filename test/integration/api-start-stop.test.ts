import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { resolveServeSettings } from '../../src/api/serve-settings.ts';
import { startServer } from '../../src/api/start-server.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { serveApp } from '../support/served-app.ts';
import { makeSyntheticLibrary } from '../support/synthetic-library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

describe('a server between its start and its end', () => {
  it('is alive at once, and ready when its index is there', async () => {
    const folder = join(temporaryFolder(), 'library');
    await makeSyntheticLibrary(folder, 3_000, 1);
    rmSync(join(folder, 'indexes'), { recursive: true }); // built again, which takes a while
    const library = await openLibrary(resolveConfig({ library: folder }, {}), keptLogger());
    const server = await startServer(library, resolveServeSettings({ port: 0 }, {}), keptLogger(), '0.0.0');
    const ask = (path: string) => fetch(server.address + path);
    assert.deepEqual(await (await ask('/status/live')).json(), {
      state: 'starting',
      version: '0.0.0',
      problem: null,
    });
    assert.equal((await ask('/status')).status, 503);
    const early = await ask('/v1/pictures/1/similar');
    assert.deepEqual([early.status, early.headers.get('retry-after')], [503, '1']);
    assert.match(await (await ask('/metrics')).text(), /eidetic_index_pictures 0/);
    await server.ready;
    assert.equal((await ask('/status')).status, 200);
    const { hits } = (await (await ask('/v1/pictures/1/similar')).json()) as { hits: unknown[] };
    assert.equal(hits.length, 10);
    await server.close();
    await library.close();
  });

  it('says that its library is lost when that was deleted or replaced, and is ready when it is back', async (t) => {
    const app = await serveApp(temporaryFolder(), 2);
    t.after(() => app.close());
    const { library } = app.library.config;
    const ask = async (path: string) => {
      const response = await fetch(app.address + path);
      const { state, problem } = (await response.json()) as { state: string; problem: string | null };
      return [response.status, state, problem] as const;
    };
    assert.deepEqual(await ask('/status'), [200, 'ready', null]);
    renameSync(library, `${library}-kept`);
    const [status, state, problem] = await ask('/status');
    assert.deepEqual([status, state], [503, 'lost']);
    assert.match(problem ?? '', /deleted or replaced .*put it back, then start the server again/);
    assert.equal((await fetch(`${app.address}/status/live`)).status, 200);
    mkdirSync(library);
    copyFileSync(join(`${library}-kept`, 'catalog.sqlite'), join(library, 'catalog.sqlite'));
    assert.deepEqual((await ask('/status')).slice(0, 2), [503, 'lost'], 'a restored backup is another file');
    rmSync(library, { recursive: true });
    renameSync(`${library}-kept`, library);
    assert.deepEqual(await ask('/status'), [200, 'ready', null]);
  });

  it('says that its index cannot be saved, in its status and its metrics', async (t) => {
    const app = await serveApp(temporaryFolder(), 2);
    t.after(() => app.close());
    const indexes = join(app.library.config.library, 'indexes');
    const metric = async () =>
      /^eidetic_index_unsaved (\d)$/m.exec(await (await fetch(`${app.address}/metrics`)).text());
    assert.equal((await metric())?.[1], '0');
    await app.library.spaces.similar.index.opened().then((space) => space.rebuild());
    rmSync(indexes, { recursive: true });
    writeFileSync(indexes, 'a file in the way');
    await app.library.spaces.similar.index.save();
    assert.equal((await metric())?.[1], '1');
    const status = await fetch(`${app.address}/status`);
    assert.equal(status.status, 200);
    assert.match(((await status.json()) as { problem: string }).problem, /index cannot be saved/);
  });

  it('finishes what it has begun when it is stopped, and takes nothing more', async () => {
    const app = await serveApp(temporaryFolder(), 3);
    const embedder = app.library.embedder();
    const describeAtOnce = embedder.describe.bind(embedder);
    let letGo = () => {};
    const isLetGo = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    embedder.describe = async (...picture) => isLetGo.then(() => describeAtOnce(...picture));
    const body = await drawNumbered(1).png().toBuffer();
    const search = () =>
      fetch(`${app.address}/v1/search`, { method: 'POST', headers: { 'content-type': 'image/png' }, body });
    const begun = Array.from({ length: embedder.parallelism + 4 }, search);
    await until('all are there, and four of them wait', async () =>
      /inference_queue\{cost="plain",state="waiting"\} 4\n/.test(
        await (await fetch(`${app.address}/metrics`)).text(),
      ),
    );
    const closed = app.close();
    await assert.rejects(search());
    letGo();
    const statuses = await Promise.all(begun.map(async (answer) => (await answer).status));
    assert.deepEqual([...new Set(statuses)], [200]);
    await closed;
    assert.deepEqual(app.errors, []);
  });
});
