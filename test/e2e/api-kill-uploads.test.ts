import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { assertSound } from '../support/assert-sound.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CLIENTS = 4;
const KILLS = 2;

describe('a server that is killed during uploads', () => {
  const library = join(temporaryFolder(), 'library');

  it('has every upload that it acknowledged after the next start, and nothing that is broken', async () => {
    const acknowledged = new Map<string, Uint8Array>();
    let next = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const server = await serveEidetic(library);
      const client = createEideticClient({ address: server.address });
      const enough = acknowledged.size + 12 + 5 * kill;
      const uploads = Array.from({ length: CLIENTS }, async () => {
        for (;;) {
          const bytes = await drawNumbered(next++).png().toBuffer();
          const { uploads } = await client.upload(bytes);
          if (uploads[0]?.error === null) {
            acknowledged.set(sha256(bytes), bytes);
          }
          if (acknowledged.size >= enough) {
            void server.kill(); // the others are in the middle of theirs
          }
        }
      });
      await Promise.allSettled(uploads);
      await server.kill();
    }

    const server = await serveEidetic(library);
    const client = createEideticClient({ address: server.address });
    for (const [contentHash, bytes] of acknowledged) {
      const { hits } = await client.searchPicture(bytes, { limit: 5 });
      const kept = hits.find((hit) => hit.contentHash === contentHash);
      assert.ok(kept, `an acknowledged upload is not found after ${acknowledged.size} uploads`);
      assert.equal(sha256(new Uint8Array(await (await client.file(kept.id)).arrayBuffer())), contentHash);
    }
    assert.equal(await server.stop(), 0);
    await assertSound(library);
  });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
