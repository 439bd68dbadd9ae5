import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { sourceOf } from '../../src/domain/space.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { installTinyModel } from '../support/tiny-model.ts';

const PICTURES = 6;

describe('a library with two active spaces of two models', () => {
  it('is embedded for both in one run, each picture decoded once', async () => {
    const folder = temporaryFolder();
    const pictures = join(folder, 'pictures');
    await drawPictureFolder(pictures, PICTURES);
    const models = join(folder, 'models');
    mkdirSync(join(models, 'tiny'), { recursive: true });
    const tiny = installTinyModel(join(models, 'tiny'), { dimensions: 48 });
    writeFileSync(join(models, 'tiny', 'model.json'), JSON.stringify(tiny.manifest));
    const config = resolveConfig({ library: join(folder, 'library'), models }, {});
    const open = () => openLibrary(config, keptLogger(), { mayCreate: true });
    const run = async (library: Awaited<ReturnType<typeof open>>) => {
      let decoded = 0;
      library.onDescribed = () => {
        decoded++;
      };
      const command = { ...PLAIN_RUN, roots: [pictures] };
      const summary = await indexLibrary(library, command, () => {}, new AbortController().signal);
      return { decoded, summary };
    };

    const before = await open();
    assert.equal((await run(before)).decoded, PICTURES);
    await before.catalog.models.add(tiny.key, tiny.manifest);
    const definition = { modelKey: tiny.key, from: 'cls', transform: 'none', metric: 'cosine' } as const;
    const other = await before.catalog.spaces.put({ id: 'other', dimensions: 48, ...definition });
    await before.catalog.spaces.activate([other]);
    await before.close();

    const library = await open();
    const { descriptors } = library.catalog;
    const both = await run(library);
    assert.deepEqual(
      [both.decoded, both.summary.embedded],
      [PICTURES, PICTURES],
      'those that lacked one model',
    );
    for (const space of [library.spaces.similar.space, other]) {
      assert.equal((await descriptors.count(sourceOf(space))).count, PICTURES);
    }
    await drawNumbered(90).jpeg().toFile(join(pictures, 'new.jpg'));
    assert.equal((await run(library)).decoded, 1);
    assert.equal((await descriptors.count(sourceOf(other))).count, PICTURES + 1);
    assert.equal((await run(library)).summary.unchanged, PICTURES + 1);
    await library.close();
  });
});
