import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('a library has one server at a time, and the next as soon as that one is gone, however it went', async (t) => {
  const library = join(temporaryFolder(), 'library');
  const first = await serveEidetic(library);
  t.after(() => first.kill());
  const client = createEideticClient({ address: first.address });
  await client.upload(await drawNumbered(1).png().toBuffer());
  const second = await runEidetic(['serve', '--library', library, '--port', '0']);
  assert.equal(second.exitCode, 6);
  assert.match(second.stderr, /another server of this library/);
  assert.equal((await client.pictures()).pictures.length, 1);
  await first.kill();
  const third = await serveEidetic(library);
  t.after(() => third.kill());
  const { pictures } = await createEideticClient({ address: third.address }).pictures();
  assert.equal(pictures.length, 1);
  assert.equal(await third.stop(), 0);
});
