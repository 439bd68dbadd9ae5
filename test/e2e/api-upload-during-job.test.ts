import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { assertSound } from '../support/assert-sound.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PICTURES = 150;

it('pictures can be uploaded while a job indexes a folder, and nothing of either is lost', async (t) => {
  const folder = temporaryFolder();
  const library = join(folder, 'library');
  await drawPictureFolder(join(folder, 'pictures'), PICTURES);
  const server = await serveEidetic(library, ['--allow-index', folder]);
  t.after(() => server.kill());
  const client = createEideticClient({ address: server.address });
  const { id } = await client.addJob(join(folder, 'pictures'));
  const uploaded: number[] = [];
  let during = 0;
  for (let n = 500; ['queued', 'running'].includes((await client.job(id)).state); n++) {
    const { uploads } = await client.upload(await drawNumbered(n).png().toBuffer());
    assert.equal(uploads[0]?.error, null);
    uploaded.push(uploads[0]?.picture?.id ?? 0);
    during += (await client.job(id)).state === 'running' ? 1 : 0;
  }
  assert.ok(during > 0, 'no upload was answered while the job ran');
  const { state, outcome } = await client.job(id);
  assert.deepEqual([state, outcome?.indexed, outcome?.failed], ['done', PICTURES, 0]);
  for (const picture of uploaded) {
    const [{ vector = [] } = {}] = (await client.vector(picture)).vectors;
    const { hits } = await client.search({ vector, limit: 1 });
    assert.equal(hits[0]?.id, picture);
  }
  assert.equal(await server.stop(), 0);
  const stats = await eideticJson<{ pictures: number }>(['stats', '--json', '--library', library]);
  assert.equal(stats.pictures, PICTURES + uploaded.length);
  await assertSound(library);
});
