import assert from 'node:assert/strict';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  createEideticClient,
  type DuplicatesPage,
  type EideticClient,
  type SearchAnswer,
} from '../../src/client/eidetic-client.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { vectorIn } from '../../src/domain/space.ts';
import { findModel } from '../../src/embedding/model-store.ts';
import { describeFile } from '../../src/engine/describe-picture.ts';
import { duplicateReports } from '../../src/engine/duplicate-reports.ts';
import { findLibraryDuplicates } from '../../src/engine/find-library-duplicates.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { reindexLibrary } from '../../src/engine/reindex-library.ts';
import { recallOf } from '../../src/engine/sample-recall.ts';
import { assertByColor, assertSimilarity } from '../support/assert-by-color.ts';
import { type Channel, drawColorFolder, installColorModel, similarityBy } from '../support/color-model.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { makeOlderLibrary } from '../support/older-library.ts';
import { refuses } from '../support/refuses.ts';
import { type ServedApp, serveFolder } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PICTURES = 40;
const SIGNAL = new AbortController().signal;

/** Of the model: what each space tells, and what its manifest says of it. */
const SPACES = [
  { space: 'similar', channel: 'red', bounds: { likely: 0.999, unlikely: 0.9 } },
  { space: 'copy', channel: 'green', bounds: { likely: 0.9999, unlikely: 0.99 } },
] as const;

describe('the two spaces of a library, whose vectors have the same dimensions', () => {
  const folder = temporaryFolder();
  let paths: string[];
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    const models = join(folder, 'models');
    installColorModel(models, 'colors', { cls: 'red', copy: 'green' });
    paths = await drawColorFolder(join(folder, 'pictures'), 0, PICTURES);
    app = await serveFolder(
      folder,
      resolveConfig({ library: join(folder, 'library'), models, model: 'colors' }, {}),
    );
    client = createEideticClient({ address: app.address });
  });
  after(async () => {
    assert.deepEqual(app.errors, []);
    await app.close();
  });

  function assertAnswer(
    { space, channel, bounds }: (typeof SPACES)[number],
    query: string,
    answer: SearchAnswer,
    count: number,
    message?: string,
  ): void {
    assert.deepEqual([answer.space, answer.bounds, answer.hits.length], [space, bounds, count], message);
    const hits = answer.hits.map(({ files, similarity }) => ({ path: files[0] ?? '', similarity }));
    assertByColor(channel, query, hits, paths);
  }

  const idOf = async (path: string) => (await client.pictures({ path })).pictures[0]?.id ?? 0;

  it('order the pictures in two ways', () => {
    const [query = ''] = paths;
    const orders = SPACES.map(({ channel }) =>
      paths.toSorted((a, b) => similarityBy(channel, query, b) - similarityBy(channel, query, a)),
    );
    assert.notDeepEqual(orders[0]?.slice(0, 3), orders[1]?.slice(0, 3));
  });

  it('answer every kind of search over HTTP by themselves, and say which they are and what it means', async () => {
    const [, , , query = ''] = paths;
    const id = await idOf(query);
    const bytes = await readFile(query);
    const { vectors } = await client.vector(id);
    assert.deepEqual(
      vectors.map(({ space }) => space),
      ['similar', 'copy'],
    );
    for (const [i, one] of SPACES.entries()) {
      const { space } = one;
      const limit = 7;
      const filter = { formats: ['png' as const] };
      const asked: Readonly<Record<string, Promise<SearchAnswer>>> = {
        id: client.search({ id, space, limit }),
        'id and filter': client.search({ id, space, limit, filter }),
        region: client.search({ id, space, limit, region: { x: 0, y: 0, width: 1, height: 1 } }),
        examples: client.search({ examples: { positive: [id] }, space, limit }),
        vector: client.search({ vector: vectors[i]?.vector, space, limit }),
        similar: client.similar(id, { space, limit }),
        upload: client.searchPicture(bytes, { space, limit }),
        body: fetch(`${app.address}/v1/search?space=${space}&limit=${limit}`, {
          ...{ method: 'POST', headers: { 'content-type': 'image/png' }, body: new Uint8Array(bytes) },
        }).then((response) => response.json() as Promise<SearchAnswer>),
      };
      for (const [kind, answer] of Object.entries(asked)) {
        assertAnswer(one, query, await answer, limit, kind);
      }
    }
    assert.deepEqual(await client.search({ id }), await client.search({ id, space: 'similar' }));
  });

  it('answer side by side in one batch, and page by page', async () => {
    const [, , query = ''] = paths;
    const id = await idOf(query);
    const { answers } = await client.searchBatch(SPACES.map(({ space }) => ({ id, space, limit: 5 })));
    for (const [i, one] of SPACES.entries()) {
      const answer = answers[i];
      assert.ok(answer !== undefined && 'hits' in answer);
      assertAnswer(one, query, answer, 5);
      const rest = await client.search({ id, space: one.space, limit: 5, offset: answer.nextOffset ?? 0 });
      const all = await client.search({ id, space: one.space, limit: 10 });
      assert.deepEqual([...answer.hits, ...rest.hits], all.hits);
    }
  });

  it('compare two pictures by themselves', async () => {
    const [one = '', other = ''] = paths;
    const [a, b] = [{ id: await idOf(one) }, { id: await idOf(other) }];
    const [bytesOfOne, bytesOfOther] = [await readFile(one), await readFile(other)];
    for (const { space, channel, bounds } of SPACES) {
      for (const answer of [
        await client.compare({ a, b, space }),
        await client.comparePictures(bytesOfOne, bytesOfOther, { space }),
      ]) {
        assert.deepEqual([answer.space, answer.bounds], [space, bounds]);
        assertSimilarity(answer.similarity, channel, one, other);
      }
    }
    assert.equal((await client.compare({ a, b })).space, 'similar');
    assert.equal((await client.comparePictures(bytesOfOne, bytesOfOther)).space, 'similar');
  });

  const LEAST = 0.9995;

  /** Ids of pictures that are so similar by a color, as `a b`. */
  async function expectedPairs(channel: Channel): Promise<string[]> {
    const ids = await Promise.all(paths.map(idOf));
    const pairs = paths.flatMap((a, i) =>
      paths
        .slice(i + 1)
        .flatMap((b, j) =>
          similarityBy(channel, a, b) >= LEAST
            ? [[ids[i] as number, ids[i + 1 + j] as number].sort((x, y) => x - y).join(' ')]
            : [],
        ),
    );
    return pairs.sort();
  }

  it('make duplicate reports by themselves, each kept apart; those for copies are made in copy', async () => {
    const { library } = app;
    const reports = duplicateReports(library);
    const kept: unknown[] = [];
    const wish = { minSimilarity: LEAST, copies: null };
    for (const { space, channel } of SPACES) {
      const searched = library.spaces.named(space);
      const { pairs } = await findLibraryDuplicates(library, searched, wish, () => {}, SIGNAL);
      const found = pairs.map(({ a, b }) => `${a} ${b}`).sort();
      assert.deepEqual(found, await expectedPairs(channel));
      assert.ok(found.length > 0);
      const report = await reports.of(searched, wish);
      assert.deepEqual(report.report.pairs, pairs);
      assert.equal(await reports.of(searched, wish), report);
      kept.push(report);
    }
    reports.close();
    assert.notEqual(kept[0], kept[1]);
    const pages: DuplicatesPage[] = [];
    for (const { space, bounds } of SPACES) {
      const page = await client.duplicates({ space, minSimilarity: LEAST });
      assert.deepEqual([page.space, page.bounds], [space, bounds]);
      pages.push(page);
      const first = page.groups[0]?.pictures[0]?.id ?? 0;
      const group = await client.duplicateGroup(first, { space, minSimilarity: LEAST });
      assert.deepEqual(group.pictures, page.groups[0]?.pictures);
      assert.equal(group.space, space);
    }
    assert.notDeepEqual(pages[0]?.groups, pages[1]?.groups);
    assert.deepEqual(await client.duplicates({ minSimilarity: LEAST }), pages[1]);
  });

  it('are sampled for their recall by their own index', async () => {
    const { library } = app;
    const described = await describeFile(library, paths[5] ?? '');
    for (const searched of library.spaces.all) {
      assert.equal(await recallOf(library, searched, vectorIn(searched.space, described), 10), 1);
    }
    const metrics = await client.metrics();
    assert.match(metrics, /eidetic_sampled_recall_queries\{space="similar"\} \d/);
    assert.match(metrics, /eidetic_sampled_recall_queries\{space="copy"\} \d/);
  });

  it('both have an upload as soon as it is taken in, and neither when it is removed', async () => {
    const [path = ''] = await drawColorFolder(join(folder, 'upload'), 200, 1);
    const [added] = (await client.upload(await readFile(path))).uploads;
    const id = added?.picture?.id ?? 0;
    const query = (await client.picture(1)).files[0] ?? '';
    for (const { space, channel } of SPACES) {
      const hit = (await client.similar(1, { space, limit: 500 })).hits.find((one) => one.id === id);
      assertSimilarity(hit?.similarity ?? Number.NaN, channel, query, path);
    }
    await client.remove(id);
    for (const { space } of SPACES) {
      const { hits } = await client.similar(1, { space, limit: 500 });
      assert.equal(hits.length, PICTURES - 1);
    }
  });

  it('are listed with what is in them', async () => {
    const { spaces, forCopies } = await client.spaces();
    const { key } = app.library.spaces.similar.model;
    assert.deepEqual(
      spaces,
      SPACES.map(({ space, bounds }) => ({
        ...{ space, bounds, revision: 1, model: 'colors', modelKey: key, dimensions: 2, vectors: PICTURES },
      })),
    );
    assert.equal(forCopies, 'copy');
  });

  it('are those that the server was started with, though the library was brought over to another model', async () => {
    const before = await client.vector(1);
    installColorModel(join(folder, 'models'), 'other', { cls: 'blue', copy: 'red' });
    const config = { ...app.library.config, model: 'other' };
    const other = await openLibrary(config, keptLogger(), { mayAddModel: true });
    assert.equal((await reindexLibrary(other, () => {}, SIGNAL)).filesLeft, 0);
    await other.close();
    assert.deepEqual(await client.vector(1), before);
    const query = (await client.picture(1)).files[0] ?? '';
    for (const [i, one] of SPACES.entries()) {
      const vector = before.vectors[i]?.vector;
      assertAnswer(one, query, await client.search({ vector, space: one.space, limit: 9 }), 9);
    }
  });

  it('are no others than these two', async () => {
    await refuses(
      (async () => app.library.spaces.named('other'))(),
      'INVALID_INPUT',
      /Found the space "other", expected "similar" or "copy"/,
    );
    for (const path of ['/v1/pictures/1/similar?space=other', '/v1/duplicates?space=']) {
      const refused = await fetch(app.address + path);
      assert.equal(refused.status, 400);
      assert.match(((await refused.json()) as { detail: string }).detail, /space: .*"similar"\|"copy"/);
    }
  });
});

describe('a library whose model tells no copies', () => {
  const folder = temporaryFolder();
  const config = resolveConfig(
    { library: join(folder, 'library'), models: join(folder, 'models'), model: 'plain' },
    {},
  );
  let app: ServedApp;
  let client: EideticClient;
  let paths: string[];

  before(async () => {
    installColorModel(join(folder, 'models'), 'plain', { cls: 'blue', copy: null });
    paths = await drawColorFolder(join(folder, 'pictures'), 0, 6);
    app = await serveFolder(folder, config);
    client = createEideticClient({ address: app.address });
  });
  after(() => app.close());

  it('has that of the bundled model beside its own, and finds copies by it', async () => {
    const { spaces, forCopies } = await client.spaces();
    const bundled = (await findModel(null, '')).manifest;
    assert.deepEqual(
      spaces.map(({ space, model, dimensions, vectors }) => [space, model, dimensions, vectors]),
      [
        ['similar', 'plain', 2, 6],
        ['copy', bundled.id, bundled.outputs.vectors?.['copy']?.dimensions, 6],
      ],
    );
    assert.equal(forCopies, 'copy');
    const { hits } = await client.search({ id: 1, space: 'similar', limit: 5 });
    const query = (await client.picture(1)).files[0] ?? '';
    assertByColor(
      'blue',
      query,
      hits.map(({ files, similarity }) => ({ path: files[0] ?? '', similarity })),
      paths,
    );
    const copies = await client.searchPicture(await readFile(query), { space: 'copy', limit: 5 });
    assert.deepEqual(copies.bounds, bundled.bounds?.['copy']);
    assert.equal(copies.hits[0]?.id, 1);
    assert.equal((await client.duplicates({ minSimilarity: 0.5 })).space, 'copy');
    const [path = ''] = await drawColorFolder(join(folder, 'upload'), 200, 1);
    const [added] = (await client.upload(await readFile(path))).uploads;
    const { vectors } = await client.vector(added?.picture?.id ?? 0);
    assert.deepEqual(
      vectors.map(({ space }) => space),
      ['similar', 'copy'],
    );
    assert.deepEqual(app.errors, []);
  });

  it('has them still when it is opened again, and looks at nothing twice', async () => {
    const library = await openLibrary(config, keptLogger());
    const command = { ...PLAIN_RUN, roots: [join(folder, 'pictures')] };
    const { embedded, unchanged } = await indexLibrary(library, command, () => {}, SIGNAL);
    assert.deepEqual([embedded, unchanged], [0, 6]);
    assert.equal(library.spaces.copy?.model.manifest.id, (await findModel(null, '')).manifest.id);
    await library.close();
  });
});

describe('a library that was made before copies were looked for by another model than its own', () => {
  const folder = temporaryFolder();
  const config = resolveConfig(
    { library: join(folder, 'library'), models: join(folder, 'models'), model: 'plain' },
    {},
  );
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    installColorModel(join(folder, 'models'), 'plain', { cls: 'blue', copy: null });
    await drawColorFolder(join(folder, 'pictures'), 0, 6);
    await makeOlderLibrary(config);
    app = await serveFolder(folder, config);
    client = createEideticClient({ address: app.address });
  });
  after(() => app.close());

  it('says what it lacks wherever copy is asked for, and answers by similar', async () => {
    const lacks =
      /409 MODEL_MISMATCH: The library has no space "copy": its model plain gives no vector that tells copies\. Run "eidetic reindex" to have that of the bundled model beside it, or use "similar"/;
    await assert.rejects(client.search({ id: 1, space: 'copy' }), lacks);
    await assert.rejects(client.similar(1, { space: 'copy' }), lacks);
    await assert.rejects(client.compare({ a: { id: 1 }, b: { id: 2 }, space: 'copy' }), lacks);
    await assert.rejects(client.duplicates({ space: 'copy' }), lacks);
    const { answers } = await client.searchBatch([{ id: 1, space: 'copy' }, { id: 1 }]);
    assert.ok(answers[0] !== undefined && 'error' in answers[0] && answers[0].error.status === 409);
    assert.equal((await client.search({ id: 1 })).hits.length, 5);
    assert.equal((await client.duplicates({ minSimilarity: 0.5 })).space, 'similar');
    assert.deepEqual(app.errors, []);
  });

  it('gets copy by a reindex, which says how much is left when a file is away', async () => {
    const reindex = async () => {
      const library = await openLibrary(config, keptLogger(), { mayAddModel: true });
      const done = await reindexLibrary(library, () => {}, SIGNAL);
      await library.close();
      return done;
    };
    const [away = '', kept = ''] = [join(folder, 'pictures'), join(folder, 'away')];
    await rename(away, kept);
    assert.equal((await reindex()).filesLeft, 6);
    await rename(kept, away);
    const { summary, filesLeft, wasInUse } = await reindex();
    assert.deepEqual([summary?.embedded, filesLeft, wasInUse], [6, 0, true]);
    assert.deepEqual(await reindex(), { summary: null, filesLeft: 0, wasInUse: true });
    const library = await openLibrary(config, keptLogger());
    assert.equal((await (await library.spaces.named('copy').index.current()).index.size()) > 0, true);
    assert.equal(library.spaces.similar.model.manifest.id, 'plain');
    await library.close();
  });
});
