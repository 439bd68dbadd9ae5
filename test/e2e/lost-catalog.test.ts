import assert from 'node:assert/strict';
import { cpSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { makeMountFolder, runCommand } from '../support/mount-folder.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { type ServedLibrary, serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a library whose catalog is lost', () => {
  const folder = temporaryFolder();
  const template = join(folder, 'template');

  before(async () => {
    await drawPictureFolder(join(folder, 'pictures'), 4);
    await askEideticJson(['index', join(folder, 'pictures'), '--library', template, '--json']);
  });

  for (const [what, lose] of [
    ['empty', (file: string) => truncateSync(file, 0)],
    ['missing', (file: string) => rmSync(file)],
  ] as const) {
    it(`is not taken for a new one when the file is ${what}`, async () => {
      const library = join(folder, what);
      cpSync(template, library, { recursive: true });
      lose(join(library, 'catalog.sqlite'));
      const index = await askEidetic(['index', join(folder, 'pictures'), '--library', library]);
      assert.equal(index.exitCode, 6, index.stderr);
      assert.match(index.stderr, /indexes of a library lie beside it; restore catalog\.sqlite from a backup/);
      rmSync(join(library, 'indexes'), { recursive: true });
      await askEideticJson(['index', join(folder, 'pictures'), '--library', library, '--json']);
    });
  }
});

describe('a library whose catalog is lost and which has uploads', () => {
  it('says so in every command, and begins anew with its uploads when it is told to', async () => {
    const folder = temporaryFolder();
    const library = join(folder, 'library');
    await drawPictureFolder(join(folder, 'pictures'), 2);
    await askEideticJson(['index', join(folder, 'pictures'), '--library', library, '--json']);
    const server = await serveEidetic(library);
    const client = createEideticClient({ address: server.address });
    for (const n of [7, 8]) {
      const { uploads } = await client.upload(await drawNumbered(n).png().toBuffer());
      assert.equal(uploads[0]?.error, null);
    }
    await server.stop();
    rmSync(join(library, 'catalog.sqlite'));
    for (const command of [
      ['stats'],
      ['doctor', '--json'],
      ['search', '--id', '1'],
      ['index', join(folder, 'pictures')],
      ['serve', '--port', '0'],
    ]) {
      const { exitCode, stdout, stderr } = await askEidetic([...command, '--library', library]);
      assert.ok([1, 6].includes(exitCode ?? 0), `${command[0]}: ${exitCode}`);
      assert.match(
        stdout + stderr,
        /uploads and indexes of a library lie beside it; restore catalog\.sqlite/,
      );
      assert.match(stdout + stderr, /index --begin-anew FOLDER/);
    }
    const anew = ['index', '--begin-anew', join(folder, 'pictures'), '--library', library, '--json'];
    await askEideticJson(anew);
    const stats = await askEideticJson<{ pictures: number }>(['stats', '--json', '--library', library]);
    assert.equal(stats.pictures, 4);
    const { checks } = await askEideticJson<{ checks: Array<{ name: string; finding: string }> }>([
      ...['doctor', '--json', '--library', library],
    ]);
    assert.equal(checks.find(({ name }) => name === 'uploads')?.finding, 'All 2 are there.');
  });
});

describe('a library that was moved to where nothing can be written', () => {
  it('has its uploads beside it, and refuses new ones with a sentence', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const library = join(mounts.path, 'before');
    const writable = await serveEidetic(library);
    const upload = async (address: string, n: number) =>
      fetch(`${address}/v1/pictures`, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body: await drawNumbered(n).png().toBuffer(),
      });
    assert.equal((await upload(writable.address, 3)).status, 201);
    await writable.stop();
    cpSync(library, join(mounts.path, 'after'), { recursive: true, preserveTimestamps: true });
    rmSync(library, { recursive: true });
    const place = mounts.mount('read-only', '--bind', join(mounts.path, 'after'));
    runCommand('mount', '-o', 'remount,ro,bind', place);
    const server = await serveEidetic(place);
    try {
      await assertServed(server, place, upload);
    } finally {
      await server.stop();
    }
  });

  async function assertServed(
    server: ServedLibrary,
    place: string,
    upload: (address: string, n: number) => Promise<Response>,
  ): Promise<void> {
    const client = createEideticClient({ address: server.address });
    const [picture] = (await client.pictures()).pictures;
    assert.ok(picture?.files[0]?.startsWith(join(place, 'uploads')), picture?.files[0]);
    const thumbnail = await fetch(server.address + picture?.thumbnail);
    assert.equal(thumbnail.status, 200);
    const refused = await upload(server.address, 4);
    assert.equal(refused.status, 403);
    const { checks } = await askEideticJson<{ checks: Array<{ name: string; finding: string }> }>([
      ...['doctor', '--json', '--library', place],
    ]);
    assert.equal(checks.find(({ name }) => name === 'uploads')?.finding, 'All 1 are there.');
    const key = await askEidetic(['keys', 'add', 'x', '--library', place]);
    assert.equal(key.exitCode, 6, key.stderr);
    assert.match(key.stderr, /nothing can be written there/);
  }
});
