import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  createEideticClient,
  type EideticClient,
  type FailurePage,
} from '../../src/client/eidetic-client.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The start of a picture in a format that is not read. */
const PHOTOSHOP = Buffer.from('8BPS\0\x01\0\0\0\0\0\0\0\x03');

describe('failures over HTTP', () => {
  const folder = temporaryFolder();
  let app: ServedApp;
  let client: EideticClient;
  let broken: string[];
  let jpeg: Buffer;

  before(async () => {
    app = await serveApp(folder, 4, { allowIndex: [join(folder, 'pictures')] });
    client = createEideticClient({ address: app.address });
    broken = ['a/1.jpg', 'a/2.jpg', 'b/3.jpg', 'b/4.psd'].map((name) => join(app.pictures, name));
    jpeg = await drawNumbered(1).jpeg().toBuffer();
    for (const [i, path] of broken.entries()) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, i === 3 ? PHOTOSHOP : jpeg.subarray(0, jpeg.length - 400 - i));
    }
    await index(app.pictures);
  });
  after(() => app.close());

  const index = (root: string) =>
    indexLibrary(app.library, { ...PLAIN_RUN, roots: [root] }, () => {}, new AbortController().signal);
  const pathsOf = ({ failures }: FailurePage) => failures.map(({ path }) => path);

  async function runJob(): Promise<number> {
    const { id } = await client.addJob(app.pictures);
    for await (const _ of client.watchJob(id)) {
      // to its end
    }
    return id;
  }

  it('are told by path, with their reasons', async () => {
    const page = await client.failures();
    assert.deepEqual([pathsOf(page), page.nextCursor], [broken, null]);
    const [first] = page.failures;
    assert.deepEqual(
      [first?.code, first?.retry, first?.sizeBytes],
      ['IMAGE_UNREADABLE', 'changed', jpeg.length - 400],
    );
    assert.ok(!Number.isNaN(Date.parse(first?.failedAt ?? '')));
  });

  it('are chosen by code, by retry and by folder', async () => {
    assert.deepEqual(pathsOf(await client.failures({ code: 'IMAGE_UNREADABLE' })), broken.slice(0, 3));
    assert.deepEqual(pathsOf(await client.failures({ code: 'FORMAT_UNSUPPORTED' })), broken.slice(3));
    assert.deepEqual(pathsOf(await client.failures({ retry: 'next-run' })), []);
    const pathPrefix = join(app.pictures, 'a');
    assert.deepEqual(pathsOf(await client.failures({ pathPrefix })), broken.slice(0, 2));
    assert.deepEqual(pathsOf(await client.failures({ pathPrefix: broken[2] ?? '' })), broken.slice(2, 3));
    assert.deepEqual(pathsOf(await client.failures({ pathPrefix: 'b' })), broken.slice(2));
    assert.deepEqual(pathsOf(await client.failures({ pathPrefix: join(app.pictures, 'a/1') })), []);
  });

  it('are counted by their reasons, everywhere or below a folder', async () => {
    const unreadable = { code: 'IMAGE_UNREADABLE', failures: 3, inNextRun: 0 };
    const unsupported = { code: 'FORMAT_UNSUPPORTED', failures: 1, inNextRun: 0 };
    assert.deepEqual(await client.failureCounts(), { failures: 4, byCode: [unreadable, unsupported] });
    assert.deepEqual(await client.failureCounts({ pathPrefix: 'a' }), {
      failures: 2,
      byCode: [{ ...unreadable, failures: 2 }],
    });
    assert.deepEqual(await client.failureCounts({ pathPrefix: join(app.pictures, 'c') }), {
      failures: 0,
      byCode: [],
    });
  });

  it('come page by page', async () => {
    for (const limit of [1, 2, 3, 4]) {
      const found: string[] = [];
      let cursor: string | null | undefined;
      while (cursor !== null) {
        const page: FailurePage = await client.failures({ limit, ...(cursor ? { cursor } : {}) });
        assert.ok(page.failures.length <= limit);
        found.push(...pathsOf(page));
        cursor = page.nextCursor;
      }
      assert.deepEqual(found, broken);
    }
  });

  it('are tried again in the next run when they are marked, and only those', async () => {
    const before = (await client.failures()).failures;
    assert.deepEqual(await client.retryFailures({ code: 'IMAGE_UNREADABLE', pathPrefix: 'a' }), {
      marked: 2,
      outside: 0,
    });
    assert.deepEqual(pathsOf(await client.failures({ retry: 'next-run' })), broken.slice(0, 2));
    const [counted] = (await client.failureCounts()).byCode;
    assert.deepEqual(counted, { code: 'IMAGE_UNREADABLE', failures: 3, inNextRun: 2 });
    const id = await runJob();
    const { outcome } = await client.job(id);
    assert.deepEqual([outcome?.failed, outcome?.stillFailed, outcome?.unsupported], [2, 1, 1]);
    const now = (await client.failures()).failures;
    assert.deepEqual(
      now.map(({ failedAt }, i) => failedAt !== before[i]?.failedAt),
      [true, true, false, false],
    );
    assert.deepEqual(
      now.map(({ retry }) => retry),
      ['changed', 'changed', 'changed', 'changed'],
    );
    assert.deepEqual(pathsOf(await client.jobFailures(id)), broken.slice(0, 2), 'what failed in this run');
    assert.deepEqual(pathsOf(await client.jobFailures(id, { limit: 1 })), broken.slice(0, 1));
    await assert.rejects(client.jobFailures(99), /404 NOT_FOUND/);
  });

  it('of a job are gone from its list when the file is mended', async () => {
    await client.retryFailures();
    const id = await runJob();
    assert.deepEqual(pathsOf(await client.jobFailures(id)), broken);
    await drawNumbered(900)
      .jpeg()
      .toFile(broken[0] as string);
    await runJob();
    assert.deepEqual(pathsOf(await client.jobFailures(id)), broken.slice(1));
    rmSync(broken[0] as string);
  });

  it('outside of what the server may index are left alone, and counted', async () => {
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'x.psd'), PHOTOSHOP);
    await index(elsewhere);
    const { marked, outside } = await client.retryFailures({ code: 'FORMAT_UNSUPPORTED' });
    assert.deepEqual([marked, outside], [1, 1]);
    assert.deepEqual(pathsOf(await client.failures({ retry: 'next-run' })), broken.slice(3));
  });

  it('show with the folders that they are in', async () => {
    const { roots } = await client.roots();
    const { jobs } = await client.jobs();
    const last = jobs[0];
    assert.deepEqual(
      roots.map(({ path, failures, unsupported, lastJob }) => [path, failures, unsupported, lastJob]),
      [
        [join(folder, 'elsewhere'), 0, 1, null],
        [app.pictures, 2, 1, { id: last?.id, endedAt: last?.endedAt }],
      ],
    );
    assert.deepEqual(roots[1]?.rules, { exclude: [], includeHidden: false, followSymlinks: false });
    assert.deepEqual(
      [roots[1]?.files, roots[1]?.pictures],
      [5, 5],
      'a file that is gone stays until a run saw it',
    );
  });
});

describe('a server that may index nothing', () => {
  it('has no failure tried again', async () => {
    const app = await serveApp(temporaryFolder(), 1);
    try {
      const client = createEideticClient({ address: app.address });
      await assert.rejects(client.retryFailures(), /403 FORBIDDEN.*--allow-index/);
      assert.deepEqual(await client.failures(), { failures: [], nextCursor: null });
    } finally {
      await app.close();
    }
  });
});
