import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openKeyStore } from '../../src/api/keys/key-store.ts';
import { OPERATIONS } from '../../src/api/operations.ts';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { type ServedLibrary, serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a server with keys', () => {
  const folder = temporaryFolder();
  const library = join(folder, 'library');
  const keys = openKeyStore(join(library, 'keys'));
  let server: ServedLibrary;
  let paths: string[];

  before(async () => {
    paths = await drawPictureFolder(join(folder, 'pictures'), 8);
    await runEidetic(['index', join(folder, 'pictures'), '--library', library]);
  });
  after(() => server?.stop());

  it('does not listen beyond this machine without a key', async () => {
    const { exitCode, stderr } = await runEidetic([
      'serve',
      '--library',
      library,
      '--host',
      '0.0.0.0',
      '--port',
      '0',
    ]);
    assert.equal(exitCode, 2);
    assert.match(stderr, /eidetic keys add/);
  });

  it('asks for a key on every route but the public ones', async () => {
    await keys.add('somebody', 'read');
    server = await serveEidetic(library, ['--host', '0.0.0.0']);
    server = { ...server, address: server.address.replace('0.0.0.0', '127.0.0.1') };
    for (const { id, path, method, scope } of OPERATIONS) {
      const ask = (headers: Record<string, string>) =>
        fetch(server.address + path.replace('{id}', '1'), { method: method.toUpperCase(), headers });
      if (scope === null) {
        assert.equal((await ask({})).status, 200, id);
      } else {
        assert.equal((await ask({})).status, 401, id);
        assert.equal((await ask({ authorization: 'Bearer eid_wrong' })).status, 401, id);
        assert.equal((await ask({ 'x-api-key': 'eid_wrong' })).status, 401, id);
      }
    }
  });

  it('lets a key do what its scope allows and no more', async () => {
    const secrets = {
      read: (await keys.add('reader', 'read')).secret,
      write: (await keys.add('writer', 'write')).secret,
      admin: (await keys.add('keeper', 'admin')).secret,
    };
    const rank = ['read', 'write', 'admin'];
    // A running server notices new keys within a second.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (const [scope, secret] of Object.entries(secrets)) {
      for (const operation of OPERATIONS.filter((candidate) => candidate.scope !== null)) {
        const response = await fetch(server.address + operation.path.replace('{id}', '999'), {
          method: operation.method.toUpperCase(),
          headers: { authorization: `Bearer ${secret}` },
        });
        await response.arrayBuffer();
        const isAllowed = rank.indexOf(scope) >= rank.indexOf(operation.scope ?? '');
        assert.equal(response.status === 403, !isAllowed, `${operation.id} with ${scope}`);
      }
    }
    const reader = createEideticClient({ address: server.address, key: secrets.read });
    const keeper = createEideticClient({ address: server.address, key: secrets.admin });
    await assertPathsFor(reader, keeper);
  });

  async function assertPathsFor(
    reader: ReturnType<typeof createEideticClient>,
    keeper: ReturnType<typeof createEideticClient>,
  ): Promise<void> {
    const { pictures } = await keeper.pictures();
    const id = pictures.find(({ files }) => files.includes(paths[0] as string))?.id ?? 0;
    assert.deepEqual((await keeper.picture(id)).files, [paths[0]]);
    assert.deepEqual((await reader.picture(id)).files, [`part-0/${basename(paths[0] as string)}`]);
    const below = await reader.search({ id, filter: { pathPrefix: 'part-0' } });
    assert.equal(below.hits.length, 1, 'two, and one of them is the query');
    // What a stranger may not see, a filter may not tell either.
    assert.deepEqual((await reader.search({ id, filter: { pathPrefix: folder } })).hits, []);
    assert.equal((await keeper.search({ id, filter: { pathPrefix: folder } })).hits.length, 7);
    const answers = JSON.stringify([
      await reader.pictures(),
      await reader.search({ id }),
      await reader.duplicates(),
      await reader.roots(),
    ]);
    assert.ok(!answers.includes(folder));
  }
});
