import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { Config } from '../../src/config/config.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { sourceOf } from '../../src/domain/space.ts';
import { checkLibraryHealth } from '../../src/engine/check-library-health.ts';
import { describeFile, embeddingOf } from '../../src/engine/describe-picture.ts';
import { findLibraryDuplicates } from '../../src/engine/find-library-duplicates.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import type { Library } from '../../src/engine/library.ts';
import { libraryUploads } from '../../src/engine/library-uploads.ts';
import { watchModelInUse } from '../../src/engine/model-in-use.ts';
import { type OpenPermissions, openLibrary } from '../../src/engine/open-library.ts';
import { reindexLibrary } from '../../src/engine/reindex-library.ts';
import { searchLibrary } from '../../src/engine/search-library.ts';
import { useModel } from '../../src/engine/use-model.ts';
import { ageLibrary } from '../support/age-library.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { contentHashOfBytes } from '../support/content-hash.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { makeOlderLibrary } from '../support/older-library.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { refuses } from '../support/refuses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { installTinyModel } from '../support/tiny-model.ts';

const PICTURES = 4;
const SIGNAL = new AbortController().signal;

/** Installs a random model named `tiny` into a folder of models. */
function installTiny(models: string, heads: number): void {
  rmSync(join(models, 'tiny'), { recursive: true, force: true });
  mkdirSync(join(models, 'tiny'), { recursive: true });
  const { manifest } = installTinyModel(join(models, 'tiny'), { dimensions: 48, heads });
  writeFileSync(join(models, 'tiny', 'model.json'), JSON.stringify({ ...manifest, id: 'tiny' }));
}

describe('a library whose model is not there as it was', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const template = join(folder, 'template');
  let former: Awaited<ReturnType<typeof answersOf>>;

  before(async () => {
    await drawPictureFolder(pictures, PICTURES);
    installTiny(join(template, 'models'), 6);
    const config = { ...configOf(template), model: 'tiny' };
    await makeOlderLibrary(config);
    const library = await open(config);
    await indexLibrary(library, { ...PLAIN_RUN, roots: [pictures] }, () => {}, SIGNAL);
    former = await answersOf(library);
    await library.close();
  });

  function configOf(base: string): Config {
    return resolveConfig({ library: join(base, 'library'), models: join(base, 'models') }, {});
  }

  function open(config: Config, permissions: OpenPermissions = {}): Promise<Library> {
    return openLibrary(config, keptLogger(), permissions);
  }

  /** A copy of the library that was indexed with `tiny`, and of its models. */
  function copy() {
    const base = join(temporaryFolder(), 'copy');
    cpSync(template, base, { recursive: true });
    return { config: configOf(base), models: join(base, 'models') };
  }

  /** What a library answers that describes nothing. */
  async function answersOf(library: Library) {
    const options = { limit: PICTURES, minSimilarity: -1, filter: {} };
    const { similar } = library.spaces;
    const query = await embeddingOf(library, similar.space, 1);
    const hits = await searchLibrary(library, similar, query, options);
    const { pairs } = await findLibraryDuplicates(
      library,
      library.spaces.forCopies,
      { minSimilarity: 0.5, copies: null },
      () => {},
      SIGNAL,
    );
    return { hits: hits.map(({ picture, similarity }) => [picture.id, similarity]), pairs };
  }

  /** What it has is answered as before; whatever would describe a picture is refused, and changes nothing. */
  async function answersWhatItHas(library: Library, code: 'MODEL_MISMATCH' | 'MODEL_UNAVAILABLE') {
    assert.equal(library.spaces.copy, null);
    assert.deepEqual(await answersOf(library), former);
    await describesNothing(library, code);
  }

  async function describesNothing(library: Library, code: 'MODEL_MISMATCH' | 'MODEL_UNAVAILABLE') {
    const checks = await checkLibraryHealth(library, false);
    assert.deepEqual(
      checks.filter(({ isSound }) => !isSound),
      [],
    );
    const position = await library.catalog.descriptors.position();
    const picture = join(pictures, 'part-0', '0000.jpg');
    await refuses(describeFile(library, picture), code, /eidetic reindex/);
    await refuses(
      indexLibrary(library, { ...PLAIN_RUN, force: true, roots: [] }, () => {}, SIGNAL),
      code,
      /tiny/,
    );
    assert.equal(await library.catalog.descriptors.position(), position);
  }

  /** By the vectors of `tiny`, while copies are looked for by those of the bundled model, which stay. */
  async function searchesAsFormer(library: Library) {
    const { similar, copy } = library.spaces;
    assert.deepEqual([similar.model.manifest.id, copy?.model.manifest.id], ['tiny', BUNDLED_ID]);
    const { hits, pairs } = await answersOf(library);
    assert.deepEqual(hits, former.hits);
    assert.notDeepEqual(pairs, former.pairs);
  }

  async function reindex(config: Config) {
    const library = await open(config, { mayAddModel: true });
    const { id } = library.spaces.similar.model.manifest;
    const { filesLeft, summary } = await reindexLibrary(library, () => {}, SIGNAL);
    await library.close();
    return { id, filesLeft, embedded: summary?.embedded };
  }

  async function describesAgain(config: Config, id: string) {
    const library = await open(config);
    assert.deepEqual([library.spaces.similar.model.manifest.id, library.cannotDescribe], [id, null]);
    assert.equal(
      (await library.catalog.descriptors.count(sourceOf(library.spaces.similar.space))).count,
      PICTURES,
    );
    await describeFile(library, join(pictures, 'part-0', '0000.jpg'));
    await library.close();
  }

  it('answers what it has when its model is not installed, and is brought over to the bundled one', async () => {
    const { config, models } = copy();
    rmSync(models, { recursive: true });
    for (const model of [null, 'tiny']) {
      const library = await open({ ...config, model });
      await answersWhatItHas(library, 'MODEL_UNAVAILABLE');
      await library.close();
    }
    assert.deepEqual(await reindex(config), { id: BUNDLED_ID, filesLeft: 0, embedded: PICTURES });
    await describesAgain(config, BUNDLED_ID);
    const old = await open({ ...config, model: 'tiny' });
    await searchesAsFormer(old);
    await useModel(old);
    await old.close();
    const again = await open(config);
    await searchesAsFormer(again);
    await describesNothing(again, 'MODEL_UNAVAILABLE');
    await again.close();
  });

  it('answers what it has when another model of that name is installed, and is brought over to that', async () => {
    const { config, models } = copy();
    installTiny(models, 3);
    const library = await open(config);
    await answersWhatItHas(library, 'MODEL_MISMATCH');
    await library.close();
    await refuses(open({ ...config, model: 'tiny' }), 'MODEL_MISMATCH', /eidetic reindex --model tiny/);
    assert.deepEqual(await reindex(config), { id: 'tiny', filesLeft: 0, embedded: PICTURES });
    await describesAgain(config, 'tiny');
    const renewed = await open(config);
    assert.notDeepEqual(await answersOf(renewed), former);
    await renewed.close();
  });

  it('answers what it has when the weights are damaged, and is not brought over to another model unasked', async () => {
    const { config, models } = copy();
    const sound = await open(config);
    await sound.close();
    writeFileSync(join(models, 'tiny', sound.spaces.similar.model.manifest.file), 'no weights');
    const library = await open(config);
    await answersWhatItHas(library, 'MODEL_UNAVAILABLE');
    await library.close();
    await refuses(reindex(config), 'MODEL_UNAVAILABLE', /put the right file there/);
    const chosen = await reindex({ ...config, model: BUNDLED_ID });
    assert.deepEqual(chosen, { id: BUNDLED_ID, filesLeft: 0, embedded: PICTURES });
  });

  it('answers what it has when its pictures were prepared otherwise, and is brought over with the same model', async () => {
    const { config } = copy();
    ageLibrary(config.library);
    for (const model of [null, 'tiny', join(config.modelsFolder, 'tiny')]) {
      const library = await open({ ...config, model });
      await answersWhatItHas(library, 'MODEL_MISMATCH');
      await library.close();
    }
    await refuses(open({ ...config, model: BUNDLED_ID }), 'MODEL_MISMATCH', /eidetic reindex --model/);
    await refuses(open({ ...config, model: 'missing' }), 'MODEL_UNAVAILABLE', /"missing"/);
    assert.deepEqual(await reindex(config), { id: 'tiny', filesLeft: 0, embedded: PICTURES });
    await describesAgain(config, 'tiny');
    await describesAgain({ ...config, model: 'tiny' }, 'tiny');
    assert.deepEqual(await reindex(config), { id: 'tiny', filesLeft: 0, embedded: undefined });
  });

  it('keeps to the former preparation when it is named while another is begun', async () => {
    const { config } = copy();
    ageLibrary(config.library);
    await (await open(config, { mayAddModel: true })).close(); // begun, and stopped before the first picture
    for (const model of [null, 'tiny']) {
      const library = await open({ ...config, model });
      await answersWhatItHas(library, 'MODEL_MISMATCH');
      await library.close();
    }
  });

  it('goes on with the former model for who has it open, and describes by the other what came meanwhile', async () => {
    const { config } = copy();
    const held = await open(config);
    const hasMoved = await watchModelInUse(held);
    assert.deepEqual(await reindex({ ...config, model: BUNDLED_ID }), {
      ...{ id: BUNDLED_ID, filesLeft: 0, embedded: PICTURES },
    });
    assert.equal(await hasMoved(), true);
    assert.deepEqual(await answersOf(held), former);
    const bytes = await drawNumbered(500).png().toBuffer();
    await libraryUploads(held).add({
      contentHash: contentHashOfBytes(bytes),
      format: 'png',
      staged: await held.uploads.stage(bytes),
      described: await held.embedder().describe(new Uint8Array(bytes)),
    });
    await held.close();
    const library = await open(config);
    assert.equal(await (await watchModelInUse(library))(), false);
    assert.equal(await library.catalog.files.countWithout(library.spaces.similar.model.key), 1);
    await library.close();
    assert.deepEqual(await reindex(config), { id: BUNDLED_ID, filesLeft: 0, embedded: 1 });
  });

  it('keeps the copies of a model beside one that tells none, while that can describe what comes', async () => {
    const { config } = copy();
    await reindex({ ...config, model: BUNDLED_ID });
    const tiny = await open({ ...config, model: 'tiny' });
    await useModel(tiny);
    await tiny.close();
    const both = await open(config);
    const { similar, copy: copies } = both.spaces;
    assert.deepEqual([similar.model.manifest.id, copies?.model.manifest.id], ['tiny', BUNDLED_ID]);
    assert.deepEqual(both.modelKeys, [similar.model.key, copies?.model.key]);
    await both.close();
    ageLibrary(config.library); // so that neither model is there as it was
    const logger = keptLogger();
    const renewed = await openLibrary({ ...config, model: 'tiny' }, logger, { mayAddModel: true });
    assert.match(logger.lines.join(), /"copy".* made by .*"eidetic reindex --model NAME"/);
    assert.equal(renewed.cannotDescribe, null);
    assert.equal((await reindexLibrary(renewed, () => {}, SIGNAL)).filesLeft, 0);
    await renewed.close();
    const library = await open(config);
    assert.equal(library.spaces.copy?.model.manifest.id, BUNDLED_ID, 'it has a vector of every picture');
    const more = join(temporaryFolder(), 'more');
    await drawPictureFolder(more, PICTURES + 1);
    await indexLibrary(library, { ...PLAIN_RUN, roots: [more] }, () => {}, SIGNAL);
    await library.close();
    const without = await open(config);
    assert.equal(without.spaces.copy, null);
    await without.close();
    assert.deepEqual(await reindex({ ...config, model: BUNDLED_ID }), {
      ...{ id: BUNDLED_ID, filesLeft: 0, embedded: PICTURES + 1 },
    });
    const whole = await open(config);
    assert.equal(whole.spaces.copy?.model.key, whole.spaces.similar.model.key);
    await whole.close();
  });

  it('uses the model that was named last while it is empty', async () => {
    const config = configOf(temporaryFolder());
    installTiny(config.modelsFolder, 6);
    for (const id of [BUNDLED_ID, 'tiny', BUNDLED_ID]) {
      await (await open({ ...config, model: id }, { mayCreate: true })).close();
      const library = await open(config);
      assert.equal(library.spaces.similar.model.manifest.id, id);
      await library.close();
    }
  });

  it('takes the bundled model by itself while it is empty', async () => {
    const base = temporaryFolder();
    installTiny(join(base, 'models'), 6);
    const config = configOf(base);
    await (await open({ ...config, model: 'tiny' }, { mayCreate: true })).close();
    rmSync(config.modelsFolder, { recursive: true });
    const library = await open(config);
    assert.deepEqual([library.spaces.similar.model.manifest.id, library.cannotDescribe], [BUNDLED_ID, null]);
    await indexLibrary(library, { ...PLAIN_RUN, roots: [pictures] }, () => {}, SIGNAL);
    await library.close();
    await describesAgain(config, BUNDLED_ID);
  });
});
