import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type FrozenLibrary, thawLibrary } from '../support/frozen-library.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedLibrary, serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Hits {
  readonly hits: ReadonlyArray<{ readonly id: number; readonly similarity: number }>;
}

describe('a server over a library whose model no longer comes with the program', () => {
  const folder = temporaryFolder();
  let frozen: FrozenLibrary;
  let server: ServedLibrary;

  before(async () => {
    frozen = await thawLibrary(2, folder);
    server = await serveEidetic(frozen.library, ['--watch', '--allow-index', join(frozen.base, 'pictures')]);
  });

  after(() => server.stop());

  function ask(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') {
    const isPicture = body instanceof Uint8Array;
    return fetch(server.address + path, {
      method,
      headers: { 'content-type': isPicture ? 'image/png' : 'application/json' },
      ...(body === undefined ? {} : { body: isPicture ? body : JSON.stringify(body) }),
    });
  }

  async function answer<Value>(path: string, body?: unknown): Promise<Value> {
    const response = await ask(path, body);
    assert.equal(response.status, 200, path);
    return (await response.json()) as Value;
  }

  it('starts, and says in its log and its status what it lacks', async () => {
    assert.match(server.log(), /indexed with eidetic-xs16 .* is not installed.*Run \\"eidetic reindex\\"/);
    assert.match(server.log(), /the folders are not watched/);
    const status = await answer<{ state: string; problem: string }>('/status');
    assert.equal(status.state, 'ready');
    assert.match(status.problem, /no picture can be described.*Run "eidetic reindex"/);
  });

  it('answers everything that needs no description as before', async () => {
    const [question] = frozen.expected.searches.filter(({ model }) => model === null);
    assert.ok(question !== undefined);
    const { hits } = await answer<Hits>('/v1/search', { id: question.id, limit: 19 });
    // The program of then told the picture itself first.
    assert.deepEqual(
      hits.map(({ id, similarity }) => [id, similarity]),
      question.hits.slice(1).map(({ id, similarity }) => [id, similarity]),
    );
    const similar = await answer<Hits>(`/v1/pictures/${question.id}/similar?limit=19`);
    assert.deepEqual(similar.hits, hits);
    const vector = Array.from({ length: 192 }, (_, i) => i + 1);
    assert.equal((await answer<Hits>('/v1/search', { vector, limit: 3 })).hits.length, 3);
    await answer<Hits>('/v1/search', { examples: { positive: [1], negative: [2] } });
    await answer('/v1/compare', { a: { id: 1 }, b: { id: 2 } });
    const { groups } = await answer<{ groups: unknown[] }>('/v1/duplicates');
    assert.ok(groups.length > 0);
    await answer('/v1/pictures');
    assert.equal((await ask('/metrics')).status, 200);
    assert.equal((await ask('/v1/pictures/1/thumbnail')).status, 200);
  });

  it('refuses to describe a picture, with the remedy, and keeps nothing of it', async () => {
    const picture = new Uint8Array(await drawNumbered(7).png().toBuffer());
    const uploads = () =>
      readdirSync(join(frozen.library, 'uploads'), { recursive: true })
        .filter((path) => path !== '.staged') // the folder alone
        .sort();
    const before = uploads();
    const region = { x: 0, y: 0, width: 0.5, height: 0.5 };
    for (const [path, body] of [
      ['/v1/search', picture],
      ['/v1/search', { id: 1, region }],
      ['/v1/pictures', picture],
      ['/v1/jobs', { roots: [join(frozen.base, 'pictures')] }],
    ] as const) {
      const response = await ask(path, body);
      const problem = (await response.json()) as { code: string; detail: string };
      assert.deepEqual([response.status, problem.code], [503, 'MODEL_UNAVAILABLE'], path);
      assert.match(problem.detail, /Run "eidetic reindex"/);
      assert.ok(!problem.detail.includes(frozen.base));
    }
    assert.deepEqual(uploads(), before);
    const { answers } = await answer<{ answers: Array<Partial<Hits> & { error?: { code: string } }> }>(
      '/v1/search/batch',
      { queries: [{ id: 1 }, { id: 1, region }] },
    );
    assert.ok((answers[0]?.hits?.length ?? 0) > 0);
    assert.equal(answers[1]?.error?.code, 'MODEL_UNAVAILABLE');
  });

  it('takes an upload whose picture it has, and deletes it again', async () => {
    const bytes = new Uint8Array(readFileSync(join(frozen.base, 'pictures', 'album', 'dunes.png')));
    const response = await ask('/v1/pictures', bytes);
    assert.equal(response.status, 200);
    const { uploads } = (await response.json()) as { uploads: Array<{ picture: { id: number } }> };
    const id = uploads[0]?.picture.id ?? 0;
    assert.equal((await ask(`/v1/pictures/${id}`, undefined, 'DELETE')).status, 204);
    await answer(`/v1/pictures/${id}`); // its file in the album is still there
  });
});
