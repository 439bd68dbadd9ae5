import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ApiKey } from '../../src/api/keys/key-store.ts';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

describe('eidetic keys', () => {
  it('shows a secret once, alone on stdout, and never again', async (t) => {
    const library = ['--library', join(await makeTemporaryFolder(t), 'library')];
    const added = await runEidetic(['keys', 'add', 'web shop', '--scope', 'write', ...library]);
    const secret = added.stdout.toString().trim();
    assert.equal(added.exitCode, 0);
    assert.match(secret, /^eid_[\w-]{43}$/);
    const [key] = await eideticJson<ApiKey[]>(['keys', 'list', '--json', ...library]);
    assert.deepEqual(Object.keys(key ?? {}), ['id', 'name', 'scope', 'createdAt', 'revokedAt']);
    assert.deepEqual([key?.name, key?.scope], ['web shop', 'write']);
    assert.ok(!JSON.stringify(key).includes(secret.slice(4)));
  });

  it('refuses ids and scopes that there are not', async (t) => {
    const library = ['--library', join(await makeTemporaryFolder(t), 'library')];
    assert.equal((await runEidetic(['keys', 'revoke', 'k_none', ...library])).exitCode, 4);
    assert.equal((await runEidetic(['keys', 'add', 'a', '--scope', 'root', ...library])).exitCode, 2);
  });
});
