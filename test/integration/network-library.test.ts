import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { checkLibraryHealth } from '../../src/engine/check-library-health.ts';
import { embeddingOf } from '../../src/engine/describe-picture.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { searchLibrary } from '../../src/engine/search-library.ts';
import { useModel } from '../../src/engine/use-model.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { refuses } from '../support/refuses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NEVER = new AbortController().signal;
const WORDS = /lies on a network file system \(nfs4\).*on a disk of this machine.*--library/;

describe('a library on a network file system', () => {
  it('is not made there, and nothing is left of the attempt', async () => {
    const config = resolveConfig({ library: join(temporaryFolder(), 'library') }, {});
    await refuses(
      openLibrary(config, keptLogger(), { mayCreate: true, networkOf: () => 'nfs4' }),
      'READ_ONLY',
      WORDS,
    );
    assert.ok(!existsSync(config.library));
  });

  it('is read with a warning, and written by nobody', async () => {
    const folder = temporaryFolder();
    const pictures = join(folder, 'pictures');
    await drawPictureFolder(pictures, 4);
    const config = resolveConfig({ library: join(folder, 'library') }, {});
    const command = { ...PLAIN_RUN, roots: [pictures] };
    const local = await openLibrary(config, keptLogger(), { mayCreate: true });
    await indexLibrary(local, command, () => {}, NEVER);
    await local.close();
    const before = readdirSync(config.library);

    const said: string[] = [];
    const library = await openLibrary(config, keptLogger(), {
      say: (message) => said.push(message),
      networkOf: () => 'nfs4',
    });
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /^Opened for reading only/);
    const query = await embeddingOf(library, library.spaces.similar.space, 1);
    const hits = await searchLibrary(library, library.spaces.similar, query, {
      limit: 10,
      minSimilarity: -1,
      filter: {},
    });
    assert.equal(hits.length, 4);
    const health = await checkLibraryHealth(library, false);
    assert.ok(health.every(({ isSound }) => isSound));
    await refuses(
      indexLibrary(library, command, () => {}, NEVER),
      'READ_ONLY',
      WORDS,
    );
    await refuses(useModel(library), 'READ_ONLY', WORDS);
    await refuses(checkLibraryHealth(library, true), 'READ_ONLY', WORDS);
    await library.close();
    assert.deepEqual(readdirSync(config.library), before);
  });
});
