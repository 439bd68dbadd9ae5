import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Config } from '../../src/config/config.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { embeddingOf } from '../../src/engine/describe-picture.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import type { Library } from '../../src/engine/library.ts';
import { boundsOf } from '../../src/engine/library-spaces.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { reindexLibrary } from '../../src/engine/reindex-library.ts';
import { searchLibrary } from '../../src/engine/search-library.ts';
import { useModel } from '../../src/engine/use-model.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { refuses } from '../support/refuses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PICTURES = 3;
const SIGNAL = new AbortController().signal;
const ALL = { limit: PICTURES, minSimilarity: -1, filter: {} };

// One library goes through all of it, in the order of the tests.
describe('a library whose model takes pictures of several sizes', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const config = resolveConfig({ library: join(folder, 'library'), models: join(folder, 'models') }, {});
  const at224: Config = { ...config, inputSize: 224 };
  let former: Awaited<ReturnType<typeof answersOf>>;

  before(() => drawPictureFolder(pictures, PICTURES));

  async function withLibrary<Result>(
    of: Config,
    work: (library: Library) => Promise<Result>,
    permissions: Parameters<typeof openLibrary>[2] = {},
  ): Promise<Result> {
    const library = await openLibrary(of, keptLogger(), permissions);
    try {
      return await work(library);
    } finally {
      await library.close();
    }
  }

  function run(library: Library) {
    return indexLibrary(library, { ...PLAIN_RUN, roots: [pictures] }, () => {}, SIGNAL);
  }

  /** The size that a library is used at, and what it finds. */
  async function answersOf(library: Library) {
    const { similar, copy } = library.spaces;
    const { height, width } = similar.model.manifest.input;
    assert.equal(copy?.model.key, similar.model.key);
    const query = await embeddingOf(library, similar.space, 1);
    const hits = await searchLibrary(library, similar, query, ALL);
    return { height, width, hits: hits.map(({ picture, similarity }) => [picture.id, similarity]) };
  }

  it('is made at the model’s own size', async () => {
    former = await withLibrary(
      config,
      async (library) => {
        assert.equal((await run(library)).embedded, PICTURES);
        assert.notEqual(boundsOf(library.spaces.similar), null);
        return answersOf(library);
      },
      { mayCreate: true },
    );
    assert.deepEqual([former.width, former.height], [192, 192]);
  });

  it('refuses another size, naming the command that embeds its pictures so', async () => {
    const message =
      /at 192 x 192 pixels .* found .* at 224 x 224 pixels .* Run "eidetic reindex --input-size 224"/;
    await refuses(openLibrary(at224, keptLogger()), 'MODEL_MISMATCH', message);
    const odd = { ...config, inputSize: 200 };
    for (const mayAddModel of [false, true]) {
      await refuses(
        openLibrary(odd, keptLogger(), { mayAddModel }),
        'INVALID_INPUT',
        /such as 192 or 208\.$/,
      );
    }
    await withLibrary({ ...config, inputSize: 192 }, async (library) => {
      assert.deepEqual(await answersOf(library), former);
    });
  });

  it('keeps the other size without being told again, once its pictures are embedded so', async () => {
    await withLibrary(
      at224,
      async (library) => {
        const { summary, filesLeft } = await reindexLibrary(library, () => {}, SIGNAL);
        assert.deepEqual([summary?.embedded, filesLeft], [PICTURES, 0]);
      },
      { mayAddModel: true },
    );
    await drawNumbered(90).jpeg().toFile(join(pictures, 'new.jpg'));
    await withLibrary(config, async (library) => {
      assert.equal((await run(library)).embedded, 1);
      const { height, width, hits } = await answersOf(library);
      assert.deepEqual([width, height], [224, 224]);
      assert.notDeepEqual(hits, former.hits);
      assert.equal(boundsOf(library.spaces.similar), null, 'nobody measured them at this size');
      const { described } = await library.catalog.pictures.counts();
      assert.equal(described[library.spaces.similar.model.key], PICTURES + 1);
    });
    await withLibrary(
      config,
      async (library) => {
        const { summary, filesLeft } = await reindexLibrary(library, () => {}, SIGNAL);
        assert.deepEqual([summary, filesLeft], [null, 0]);
        assert.equal(library.spaces.similar.model.manifest.input.height, 224);
      },
      { mayAddModel: true },
    );
  });

  it('goes back to the former size when what it lacks there is embedded', async () => {
    const at192: Config = { ...config, inputSize: 192 };
    await withLibrary(at192, async (library) => {
      assert.deepEqual(await answersOf(library), former);
      await refuses(useModel(library), 'MODEL_MISMATCH', /1 file.*eidetic reindex .*--input-size 192/);
    });
    await withLibrary(
      at192,
      async (library) => {
        const { summary } = await reindexLibrary(library, () => {}, SIGNAL);
        assert.equal(summary?.embedded, 1);
      },
      { mayAddModel: true },
    );
    await withLibrary(config, async (library) => {
      assert.equal(library.spaces.similar.model.manifest.input.height, 192);
    });
    await withLibrary(at224, useModel);
    await withLibrary(config, async (library) => {
      assert.equal(library.spaces.similar.model.manifest.input.height, 224);
    });
  });
});
