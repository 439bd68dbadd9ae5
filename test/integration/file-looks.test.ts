import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { lookOf } from '../../src/indexer/file-look.ts';
import { answerAt, FileLooks, type LookAnswer } from '../../src/indexer/file-looks.ts';
import { packLook, unpackedLooks, unpackLook } from '../../src/indexer/packed-looks.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function folderOfAll(): { readonly before: string; readonly names: readonly string[] } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'folder'));
  writeFileSync(join(folder, 'file \n é'), 'bytes');
  symlinkSync('folder', join(folder, 'link'));
  symlinkSync('nowhere', join(folder, 'dangling'));
  return { before: `${folder}/`, names: ['folder', 'file \n é', 'missing', 'link', 'dangling'] };
}

function lookOrCode(answer: LookAnswer): unknown {
  return 'look' in answer ? answer.look : (answer.error as NodeJS.ErrnoException).code;
}

describe('FileLooks', () => {
  for (const followsLinks of [false, true]) {
    it(`says the same side by side and in a thread, ${followsLinks ? 'through links' : 'of links themselves'}`, async () => {
      const { before, names } = folderOfAll();
      const looks = new FileLooks(followsLinks);
      const lookAt = followsLinks ? statSync : lstatSync;
      const expected = names.map((name) => {
        const stats = lookAt(before + name, { bigint: true, throwIfNoEntry: false });
        return stats === undefined ? 'ENOENT' : lookOf(stats);
      });
      const found = async () => {
        const answers = await looks.at(before, names);
        return names.map((_, i) => lookOrCode(answerAt(answers, i)));
      };
      assert.deepEqual(await found(), expected);
      while (looks.callsAhead === 0) {
        await looks.at(before, names);
      }
      assert.deepEqual(await found(), expected);
      await looks.close();
    });
  }

  it('goes on without a thread that has ended', async () => {
    const { before, names } = folderOfAll();
    const looks = new FileLooks(false);
    while (looks.callsAhead === 0) {
      await looks.at(before, names);
    }
    await looks.at(before, names);
    await looks.close();
    const folder = answerAt(await looks.at(before, names), 0);
    assert.ok('look' in folder && folder.look.kind === 'folder');
  });
});

describe('a look between threads', () => {
  it('is left out when a number of it is too large to be told exactly', () => {
    const stats = lstatSync('package.json');
    const packed = unpackedLooks(3);
    packLook(stats, packed, 0);
    packLook(Object.assign(lstatSync('package.json'), { ino: 2 ** 53 }), packed, 1);
    assert.equal(unpackLook(packed, 0)?.inode, String(stats.ino));
    assert.deepEqual([unpackLook(packed, 1), unpackLook(packed, 2)], [null, null]);
  });
});
