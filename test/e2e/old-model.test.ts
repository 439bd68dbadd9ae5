import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { assertSound } from '../support/assert-sound.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { killAfterCommit } from '../support/kill-after-commit.ts';
import { makeOlderLibrary } from '../support/older-library.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { type ServedLibrary, serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { installTinyModel } from '../support/tiny-model.ts';

interface Hits {
  readonly hits: ReadonlyArray<{ readonly id: number; readonly similarity: number }>;
}

interface Stats {
  readonly pictures: number;
  readonly generation: string;
  readonly models: ReadonlyArray<{
    readonly id: string;
    readonly active: boolean;
    readonly pictures: number;
  }>;
  readonly problem: string | null;
}

interface Reindexed {
  readonly isInUse: boolean;
  readonly filesLeft: number;
  readonly summary: { readonly embedded: number; readonly removed: number } | null;
}

/** The model that came with the program before. */
const OLD_ID = 'eidetic-xs16';
const PICTURES = 100;
const REMEDY = new RegExp(
  `indexed with ${OLD_ID} .* is not installed.*Run "eidetic reindex" to embed its pictures with ${BUNDLED_ID}`,
);

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

// One library goes through all of it, in the order of the tests.
describe('a library of the model that came with the program before', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const library = join(folder, 'library');
  const models = join(folder, 'models');
  const environment = { EIDETIC_LIBRARY: library, EIDETIC_MODELS: models };
  const json = <Value>(exitCode: number, ...args: string[]) =>
    askEideticJson<Value>([...args, '--json'], exitCode, { environment });
  let server: ServedLibrary;
  let former: Awaited<ReturnType<typeof answers>>;

  before(async () => {
    await drawPictureFolder(pictures, PICTURES);
    mkdirSync(join(models, 'old'), { recursive: true });
    const { manifest } = installTinyModel(join(models, 'old'), { dimensions: 48 });
    writeFileSync(join(models, 'old', 'model.json'), JSON.stringify({ ...manifest, id: OLD_ID }));
    await makeOlderLibrary(resolveConfig({ library, models, model: OLD_ID }, {}));
    await askEideticJson(['index', pictures, '--model', OLD_ID, '--json'], 0, { environment });
    rmSync(models, { recursive: true });
    server = await serveEidetic(library);
    former = await answers();
  });
  after(() => server?.stop());

  async function ask<Value>(path: string, body?: unknown): Promise<Value> {
    const response = await fetch(server.address + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.equal(response.status, 200, path);
    return (await response.json()) as Value;
  }

  /** What the library answers by what it has: another process, and the server that runs all the time. */
  async function answers() {
    const { hits } = await json<Hits>(0, 'search', '--id', '9', '--limit', '20');
    const { groups } = await ask<{ groups: unknown[] }>('/v1/duplicates?minSimilarity=0.9&limit=100');
    return { hits: hits.map(({ id, similarity }) => [id, similarity]), groups, ...(await served()) };
  }

  async function served() {
    const byId = await ask<Hits>('/v1/search', { id: 9, limit: 20 });
    const { vectors } = await ask<{ vectors: Array<{ space: string; vector: number[] }> }>(
      '/v1/pictures/9/vector',
    );
    assert.deepEqual(
      vectors.map(({ space }) => space),
      ['similar'],
    );
    const byVector = await ask<Hits>('/v1/search', { vector: vectors[0]?.vector, limit: 20 });
    return { byId, byVector };
  }

  it('answers by what it has, and names the one command for what it cannot describe, writing nothing', async () => {
    const { generation, problem } = await json<Stats>(0, 'stats');
    assert.match(problem ?? '', REMEDY);
    const files = filesOf(library);
    const picture = join(folder, 'new.png');
    await drawNumbered(7_000).png().toFile(picture);
    for (const args of [['search', picture], ['index', pictures], ['watch']]) {
      const { exitCode, stderr } = await askEidetic(args, { environment });
      assert.equal(exitCode, 5, stderr);
      assert.match(stderr, REMEDY);
    }
    const upload = await fetch(`${server.address}/v1/pictures`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array(await drawNumbered(7_001).png().toBuffer()),
    });
    assert.equal(upload.status, 503);
    assert.match(await upload.text(), /Run \\"eidetic reindex\\"/);
    const after = await json<Stats>(0, 'stats');
    assert.deepEqual([after.generation, after.pictures], [generation, PICTURES]);
    assert.deepEqual(filesOf(library), files);
    assert.deepEqual(await answers(), former);
  });

  it('keeps what it has while its reindex is killed, and while its files are away', async () => {
    const killed = await runEidetic(['reindex'], {
      environment,
      onStart: (child) => killAfterCommit(child, library, BUNDLED_ID, 'SIGKILL'),
    });
    assert.equal(killed.exitCode, null, killed.stderr);
    assert.deepEqual(await answers(), former);
    renameSync(pictures, `${pictures}-away`);
    const { isInUse, filesLeft } = await json<Reindexed>(9, 'reindex');
    const doctor = await askEidetic(['doctor'], { environment });
    assert.equal(doctor.exitCode, 0, doctor.stdout.toString());
    const moved = `${library}-moved`;
    cpSync(library, moved, { recursive: true });
    const gone = await json<Reindexed>(0, 'reindex', '--allow-empty', '--library', moved);
    assert.deepEqual([gone.isInUse, gone.filesLeft, gone.summary?.removed], [true, 0, filesLeft]);
    renameSync(`${pictures}-away`, pictures);
    const { models: known, problem } = await json<Stats>(0, 'stats');
    const begun = known.find(({ id }) => id === BUNDLED_ID)?.pictures ?? 0;
    assert.ok(begun > 0 && begun < PICTURES, `${begun} embedded when it was killed`);
    assert.deepEqual([isInUse, filesLeft], [false, PICTURES - begun]);
    assert.deepEqual(
      known.map(({ id, active, pictures: n }) => [id, active, n]),
      [
        [OLD_ID, true, PICTURES],
        [BUNDLED_ID, false, begun],
      ],
    );
    assert.match(problem ?? '', REMEDY);
    assert.deepEqual(await answers(), former);
  });

  it('is brought over to both spaces at once, while another process and a server answer as before', async () => {
    const { models: known } = await json<Stats>(0, 'stats');
    const begun = known.find(({ id }) => id === BUNDLED_ID)?.pictures ?? 0;
    let isRunning = true;
    let during = 0;
    const reindex = eideticJson<Reindexed>(['reindex', '--json'], 0, { environment }).finally(() => {
      isRunning = false;
    });
    while (isRunning) {
      assert.deepEqual(await served(), { byId: former.byId, byVector: former.byVector });
      during++;
    }
    assert.ok(during > 1, 'the server answered nothing while the pictures were embedded');
    const { isInUse, summary } = await reindex;
    assert.deepEqual([isInUse, summary?.embedded], [true, PICTURES - begun]);
    const after = await json<Stats>(0, 'stats');
    assert.equal(after.problem, null);
    assert.deepEqual(
      after.models.map(({ id, active, pictures: n }) => [id, active, n]),
      [
        [OLD_ID, false, PICTURES],
        [BUNDLED_ID, true, PICTURES],
      ],
    );
    await assertSound(library);
    const picture = join(pictures, 'part-1', '0009.jpg');
    const { hits } = await json<Hits>(0, 'search', picture);
    assert.ok((hits[0]?.similarity ?? 0) > 0.999);
  });

  it('is served as before by who had it open, which says so until it is started again', async () => {
    assert.deepEqual(await served(), { byId: former.byId, byVector: former.byVector });
    const status = await ask<{ state: string; problem: string }>('/status');
    assert.equal(status.state, 'ready');
    assert.match(status.problem, /brought over to another model .* start it again/);
    assert.equal(await server.stop(), 0);
    server = await serveEidetic(library);
    const again = await ask<{ problem: string | null }>('/status');
    assert.equal(again.problem, null);
    const { vectors } = await ask<{ vectors: Array<{ space: string }> }>('/v1/pictures/9/vector');
    assert.deepEqual(
      vectors.map(({ space }) => space),
      ['similar', 'copy'],
    );
  });
});
