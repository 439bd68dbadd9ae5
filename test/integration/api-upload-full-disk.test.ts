import assert from 'node:assert/strict';
import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { makeMountFolder } from '../support/mount-folder.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { serveApp } from '../support/served-app.ts';

it('an upload to a full disk is answered with 507, leaves nothing behind, and works when there is room', async (t) => {
  const mounts = makeMountFolder(t);
  if (mounts === null) {
    return;
  }
  const disk = mounts.mount('disk', '-t', 'tmpfs', '-o', 'size=16m', 'none');
  const app = await serveApp(disk, 2);
  const upload = async (n: number) =>
    fetch(`${app.address}/v1/pictures`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array(await drawNumbered(n, 400).png({ compressionLevel: 0 }).toBuffer()),
    });
  const files = () => readdirSync(app.library.uploads.root, { recursive: true, encoding: 'utf8' });
  try {
    assert.equal((await upload(10)).status, 201);
    const before = files().sort();
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize));
    const refused = await upload(11);
    const problem = (await refused.json()) as { code: string };
    assert.deepEqual([refused.status, problem.code], [507, 'STORAGE_FULL']);
    assert.match(refused.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(refused.headers.get('retry-after'), null);
    assert.deepEqual(files().sort(), before);
    rmSync(join(disk, 'ballast'));
    assert.equal((await upload(11)).status, 201);
    assert.equal((await app.library.catalog.pictures.counts()).pictures, 4);
  } finally {
    await app.close();
  }
  assert.deepEqual(app.errors, []);
});
