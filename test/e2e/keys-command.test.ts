import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ApiKey } from '../../src/api/keys/key-store.ts';
import { createCatalog } from '../../src/storage/migrate/create-catalog.ts';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

/** As an option; an empty one. */
function libraryIn(folder: string): string[] {
  const library = join(folder, 'library');
  mkdirSync(library);
  createCatalog(join(library, 'catalog.sqlite'));
  return ['--library', library];
}

describe('eidetic keys', () => {
  it('shows a secret once, alone on stdout, and never again', async (t) => {
    const library = libraryIn(await makeTemporaryFolder(t));
    const added = await runEidetic(['keys', 'add', 'web shop', '--scope', 'write', ...library]);
    const secret = added.stdout.toString().trim();
    assert.equal(added.exitCode, 0);
    assert.match(secret, /^eid_[\w-]{43}$/);
    const [key] = await eideticJson<ApiKey[]>(['keys', 'list', '--json', ...library]);
    assert.deepEqual(Object.keys(key ?? {}), ['id', 'name', 'scope', 'createdAt', 'revokedAt']);
    assert.deepEqual([key?.name, key?.scope], ['web shop', 'write']);
    assert.ok(!JSON.stringify(key).includes(secret.slice(4)));
  });

  it('says with the first key that a server which runs without one goes on so, and with no other', async (t) => {
    const library = libraryIn(await makeTemporaryFolder(t));
    const isSaid = async (name: string) =>
      /was started while there was no key goes on without/.test(
        (await runEidetic(['keys', 'add', name, ...library])).stderr,
      );
    assert.deepEqual([await isSaid('first'), await isSaid('second')], [true, false]);
  });

  it('refuses ids and scopes that there are not', async (t) => {
    const library = libraryIn(await makeTemporaryFolder(t));
    assert.equal((await runEidetic(['keys', 'revoke', 'k_none', ...library])).exitCode, 4);
    assert.equal((await runEidetic(['keys', 'add', 'a', '--scope', 'root', ...library])).exitCode, 2);
  });
});
