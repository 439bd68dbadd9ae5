import assert from 'node:assert/strict';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { checkLibraryHealth } from '../../src/engine/check-library-health.ts';
import { embeddingOf } from '../../src/engine/describe-picture.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import { type OpenPermissions, openLibrary } from '../../src/engine/open-library.ts';
import { reindexLibrary } from '../../src/engine/reindex-library.ts';
import { searchLibrary } from '../../src/engine/search-library.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { assertByColor, assertSimilarity } from '../support/assert-by-color.ts';
import { type ColorVectors, drawColorFolder, installColorModel } from '../support/color-model.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { killedEngine } from '../support/killed-engine.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

/** More than one batch of a run. */
const PICTURES = 100;
const MORE = 20;

const ONE = { cls: 'red', copy: 'green' } as const satisfies ColorVectors;
const TWO = { cls: 'blue', copy: 'red' } as const satisfies ColorVectors;

interface Meaning {
  readonly space: string;
  readonly bounds: unknown;
}

const COPY_BOUNDS = { likely: 0.9999, unlikely: 0.99 };

describe('a library with two spaces', () => {
  const folder = temporaryFolder();
  const models = join(folder, 'models');
  const template = join(folder, 'template');
  const environment = { EIDETIC_MODELS: models };
  let paths: string[];
  let more: string[];

  before(async () => {
    installColorModel(models, 'one', ONE);
    installColorModel(models, 'two', TWO);
    paths = await drawColorFolder(join(folder, 'pictures'), 0, PICTURES);
    more = await drawColorFolder(join(folder, 'more'), PICTURES, MORE);
    const args = ['index', join(folder, 'pictures'), '--library', template, '--model', 'one', '--json'];
    await askEideticJson(args, 0, { environment });
  });

  function copyOf(name: string): string {
    const library = join(folder, name);
    cpSync(template, library, { recursive: true });
    return library;
  }

  const run = (library: string, ...args: string[]) =>
    askEidetic([...args, '--library', library], { environment });
  const json = <Value>(library: string, ...args: string[]) =>
    askEideticJson<Value>([...args, '--library', library, '--json'], 0, { environment });

  const open = (library: string, model?: string, permissions: OpenPermissions = {}) =>
    openLibrary(resolveConfig({ library, models, model }, {}), keptLogger(), permissions);

  /** The doctor must find nothing wrong, and each space every picture by its own color. */
  async function assertApart(
    library: string,
    { cls, copy }: ColorVectors,
    all: readonly string[],
    model?: string,
  ): Promise<void> {
    const opened = await open(library, model);
    const wrong = (await checkLibraryHealth(opened, false)).filter(({ isSound }) => !isSound);
    assert.deepEqual(wrong, []);
    const [first] = await opened.catalog.pictures.pictures([1]);
    for (const [id, channel] of [
      ['similar', cls],
      ['copy', copy],
    ] as const) {
      assert.ok(channel !== null);
      const searched = opened.spaces.named(id);
      const query = await embeddingOf(opened, searched.space, 1);
      const options = { limit: all.length, minSimilarity: -1, filter: {} };
      const hits = await searchLibrary(opened, searched, query, options);
      assert.equal(hits.length, all.length);
      assertByColor(
        channel,
        first?.files[0]?.path ?? '',
        hits.map(({ picture, similarity }) => ({ path: picture.files[0]?.path ?? '', similarity })),
        all,
      );
    }
    await opened.close();
  }

  it('is searched in either, and says which, and what similarities mean', async () => {
    const [query = ''] = paths;
    const answer = await json<Meaning & { hits: Array<{ files: string[]; similarity: number }> }>(
      template,
      ...['search', query, '--space', 'copy', '--limit', '9'],
    );
    assert.deepEqual([answer.space, answer.bounds], ['copy', COPY_BOUNDS]);
    const hits = answer.hits.map(({ files, similarity }) => ({ path: files[0] ?? '', similarity }));
    assertByColor('green', query, hits, paths);
    const table = (await run(template, 'search', query, '--limit', '9')).stdout.toString();
    assert.match(
      table,
      /\n {4}0\.9.*\nLikely the same thing from 0\.999, unlikely below 0\.9 \(this model, "similar"\)\.\n$/,
    );
    const refused = await run(template, 'search', query, '--space', 'other');
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /Found the space "other", expected "similar" or "copy"/);
  });

  it('reports duplicates in copy, and tells of both in stats', async () => {
    const { space, bounds, pairs } = await json<
      Meaning & { pairs: Array<{ paths: [string, string]; similarity: number }> }
    >(template, 'duplicates', '--min-similarity', '0.9999');
    assert.deepEqual([space, bounds], ['copy', COPY_BOUNDS]);
    assert.ok(pairs.length > 0);
    for (const { paths: pair, similarity } of pairs) {
      assertSimilarity(similarity, 'green', pair[0], pair[1]);
    }
    assert.match(
      (await run(template, 'stats')).stdout.toString(),
      /\nSpace "similar", what a picture shows: 100 vectors of 2 dimensions by one; likely the same thing from 0\.999, unlikely below 0\.9\nSpace "copy", which photograph it is: 100 vectors of 2 dimensions by one; likely the same photograph from 0\.9999, unlikely below 0\.99\n/,
    );
  });

  it('has the bundled copy beside a model that tells none', async () => {
    const library = join(folder, 'plain');
    installColorModel(models, 'plain', { cls: 'blue', copy: null });
    const opened = await open(library, 'plain', { mayCreate: true });
    const roots = [join(folder, 'more')];
    await indexLibrary(opened, { ...PLAIN_RUN, roots }, () => {}, new AbortController().signal);
    await opened.close();
    const { exitCode, stdout } = await run(library, 'search', '--id', '1', '--space', 'copy');
    assert.equal(exitCode, 0);
    assert.match(stdout.toString(), /, "copy"\)\.\n$/);
    const sick = (await run(library, 'doctor')).stdout.toString();
    assert.doesNotMatch(sick, /WRONG/);
  });

  it('does not use the index file of one space for the other', async () => {
    const library = copyOf('swapped');
    const indexes = join(library, 'indexes');
    const [copy = '', similar = ''] = readdirSync(indexes).sort();
    rmSync(join(indexes, copy), { recursive: true });
    cpSync(join(indexes, similar), join(indexes, copy), { recursive: true });
    const { exitCode, stdout } = await run(library, 'doctor');
    assert.equal(exitCode, 1);
    assert.match(
      stdout.toString(),
      /WRONG +index file of "copy": Found an index of space similar, expected copy\. It was built again/,
    );
    assert.match(stdout.toString(), /\nok +index file of "similar": .*\n/);
    assert.match(stdout.toString(), /\nRun "eidetic doctor --repair" to mend what is a cache\.\n$/);
    const repairing = await open(library);
    const repaired = (await checkLibraryHealth(repairing, true)).filter(({ isRepaired }) => isRepaired);
    assert.deepEqual(
      repaired.map(({ name }) => name),
      ['index file of "copy"'],
    );
    await repairing.close();
    await assertApart(library, ONE, paths);
  });

  for (const [moment, space] of [
    ['before either index is saved', 'similar'],
    ['between the saves of its indexes', 'copy'],
  ] as const) {
    it(`has both indexes right after a kill -9 ${moment}`, async () => {
      const library = copyOf(`killed at ${space}`);
      const saved = () => readdirSync(join(library, 'indexes'), { recursive: true }).sort();
      const before = saved();
      await killedEngine(
        { library, models, model: 'one' },
        `library.spaces.named(${JSON.stringify(space)}).index.save = die;
         const roots = [${JSON.stringify(join(folder, 'more'))}];
         await indexLibrary(library, { ...PLAIN_RUN, roots }, () => {}, SIGNAL);`,
      );
      assert.equal(saved().join() === before.join(), space === 'similar', 'what was saved');
      await assertApart(library, ONE, [...paths, ...more]);
    });
  }

  it('is answered by the first model in both after a kill -9 of reindex, then by the second in both', async () => {
    const library = copyOf('reindexed');
    await killedEngine(
      { library, models, model: 'two' },
      `const { spaces } = library;
       const keepUp = spaces.keepUp.bind(spaces);
       spaces.keepUp = async () => {
         await keepUp();
         if ((await (await spaces.copy.index.opened()).index.size()) > 0) die();
       };
       await reindexLibrary(library, () => {}, SIGNAL);`,
    );
    await assertApart(library, ONE, paths);
    const second = await open(library, 'two', { mayAddModel: true });
    const { filesLeft, summary } = await reindexLibrary(second, () => {}, new AbortController().signal);
    await second.close();
    assert.equal(filesLeft, 0);
    assert.ok((summary?.embedded ?? 0) < PICTURES, 'it went on from where it was killed');
    await assertApart(library, TWO, paths);
    await assertApart(library, ONE, paths, 'one');
  });

  it('is served in both while another process indexes into it', async (t) => {
    const library = copyOf('served');
    const server = await serveEidetic(library, ['--model', join(models, 'one')]);
    t.after(() => server.kill());
    const client = createEideticClient({ address: server.address });
    const all = [...paths, ...more];
    /** Asks in both spaces; how many pictures the lesser answer has. */
    const ask = async () => {
      const counts: number[] = [];
      for (const [space, channel] of [
        ['similar', ONE.cls],
        ['copy', ONE.copy],
      ] as const) {
        const { hits } = await client.similar(1, { space, limit: 500 });
        const query = (await client.picture(1)).files[0] ?? '';
        const found = hits.map(({ files, similarity }) => ({ path: files[0] ?? '', similarity }));
        assertByColor(channel, query, found, []);
        counts.push(hits.length);
      }
      return Math.min(...counts);
    };
    let isRunning = true;
    const indexing = runEidetic(['index', join(folder, 'more'), '--library', library], {
      environment,
    }).finally(() => {
      isRunning = false;
    });
    for (let asked = 0; isRunning || asked === 0; asked++) {
      assert.ok((await ask()) >= PICTURES - 1);
    }
    assert.equal((await indexing).exitCode, 0, (await indexing).stderr);
    await until(
      'the server has the new pictures in both spaces',
      async () => (await ask()) === all.length - 1,
    );
    assert.equal(await server.stop(), 0);
    await assertApart(library, ONE, all);
  });
});
