import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { refuseExisting, writeNewFile } from '../../src/cli/write-new-file.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';

const BYTES = Buffer.from('new');

it('a new file is written, and nothing that is there is written over', async (test) => {
  const folder = await makeTemporaryFolder(test);
  const path = join(folder, 'new.png');
  await refuseExisting(path);
  await writeNewFile(path, BYTES);
  assert.equal(readFileSync(path, 'utf8'), 'new');
  mkdirSync(join(folder, 'folder'));
  symlinkSync('nowhere', join(folder, 'link'));
  for (const name of ['new.png', 'folder', 'link']) {
    for (const refuse of [refuseExisting, (there: string) => writeNewFile(there, Buffer.from('other'))]) {
      await assert.rejects(refuse(join(folder, name)), {
        code: 'INVALID_INPUT',
        message: /is there already/,
      });
    }
  }
  assert.equal(readFileSync(path, 'utf8'), 'new');
});

it('where no file can be made, it is said why', async (test) => {
  const folder = await makeTemporaryFolder(test);
  writeFileSync(join(folder, 'file'), '');
  for (const path of [join(folder, 'missing', 'new.png'), join(folder, 'file', 'new.png')]) {
    for (const refuse of [refuseExisting, (there: string) => writeNewFile(there, BYTES)]) {
      await assert.rejects(refuse(path), { code: 'INVALID_INPUT', message: /its folder is not there/ });
    }
  }
});
