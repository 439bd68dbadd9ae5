import assert from 'node:assert/strict';
import { mkdirSync, renameSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createEideticClient, type EideticClient } from '../../src/client/eidetic-client.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { calibrateCopies } from '../../src/engine/calibrate-copies.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import { COPY_EDITS } from '../../src/sample/copy-edits.ts';
import { type ServedApp, serveFolder } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

const SIGNAL = new AbortController().signal;

describe('pictures that were indexed by a list of files, and lie below no indexed folder', () => {
  after(() => app.close()); // before its folder goes
  const folder = temporaryFolder();
  const elsewhere = join(folder, 'elsewhere');
  const at = (name: string) => join(elsewhere, name);
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    mkdirSync(join(folder, 'pictures'));
    mkdirSync(elsewhere);
    const names = ['lake', 'hill', 'street'];
    for (const name of names) {
      await drawManyThings(name)
        .jpeg()
        .toFile(at(`${name}.jpg`));
    }
    app = await serveFolder(folder, resolveConfig({ library: join(folder, 'library') }, {}));
    const listed = names.map((name) => at(`${name}.jpg`));
    await indexLibrary(app.library, { ...PLAIN_RUN, roots: [], listed }, () => {}, SIGNAL);
    client = createEideticClient({ address: app.address });
  });

  async function idOf(name: string): Promise<number> {
    const { pictures } = await client.pictures();
    return pictures.find(({ files }) => files[0]?.endsWith(name))?.id ?? 0;
  }

  it('are shown and handed out', async () => {
    const id = await idOf('hill.jpg');
    assert.ok((await client.thumbnail(id)).size > 0);
    assert.equal((await client.file(id)).size, statSync(at('hill.jpg')).size);
  });

  it('are edited to measure which copies of them are known again', async () => {
    const request = { edits: COPY_EDITS.slice(0, 1), pictures: 3, seed: 1 };
    const { calibration, failures } = await calibrateCopies(app.library, request, () => {}, SIGNAL);
    assert.deepEqual([calibration.pictures, failures], [3, []]);
  });

  it('are not what somebody has put in their place since, whatever its size and time', async () => {
    const { size, atime, mtime } = statSync(at('lake.jpg'));
    const id = await idOf('lake.jpg');
    const secret = join(folder, 'secret');
    writeFileSync(secret, Buffer.alloc(size, 'secret '));
    renameSync(at('lake.jpg'), at('moved.jpg'));
    symlinkSync(secret, at('lake.jpg'));
    utimesSync(secret, atime, mtime);
    await assert.rejects(client.file(id), /NOT_FOUND/);
    await assert.rejects(client.thumbnail(id), /NOT_FOUND/);
  });
});
