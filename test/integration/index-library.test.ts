import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('indexing into an open library', () => {
  it('is done by one run at a time', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'pictures'));
    const config = resolveConfig({ library: join(folder, 'library') }, {});
    const library = await openLibrary(config, keptLogger(), { mayCreate: true });
    const command = { ...PLAIN_RUN, roots: [join(folder, 'pictures')] };
    const run = () => indexLibrary(library, command, () => {}, new AbortController().signal);
    const running = run();
    await assert.rejects(run(), { code: 'CATALOG_BUSY' });
    await running;
    await run();
    await library.close();
  });
});
