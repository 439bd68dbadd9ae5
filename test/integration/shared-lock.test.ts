import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { resolveConfig } from '../../src/config.ts';
import { Engine } from '../../src/engine/engine.ts';
import { SharedLock } from '../../src/engine/shared-lock.ts';
import { acquireLibraryLock } from '../../src/storage/library-lock.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('the writer lock, shared within a process', () => {
  it('keeps others out until the last holder has let go', () => {
    const library = temporaryFolder();
    const shared = new SharedLock(library);
    const [first, second] = [shared.acquire(), shared.acquire()];
    assert.throws(() => acquireLibraryLock(library), { code: 'CATALOG_BUSY' });
    first.release();
    assert.throws(() => acquireLibraryLock(library), { code: 'CATALOG_BUSY' });
    second.release();
    const other = acquireLibraryLock(library);
    assert.throws(() => shared.acquire(), { code: 'CATALOG_BUSY' });
    other.release();
    shared.acquire().release();
  });

  it('lets one index run in at a time all the same', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'pictures'));
    const config = resolveConfig({ library: join(folder, 'library') }, {});
    const engine = await Engine.open(config, keptLogger(), { mayCreate: true });
    const scan = { exclude: [], includeHidden: false, followSymlinks: false };
    const command = { roots: [join(folder, 'pictures')], listed: [], scan, force: false, allowEmpty: false };
    const run = () => engine.index(command, () => {}, new AbortController().signal);
    const running = run();
    await assert.rejects(run(), { code: 'CATALOG_BUSY', message: /already/ });
    await running;
    await run();
    await engine.close();
  });
});
