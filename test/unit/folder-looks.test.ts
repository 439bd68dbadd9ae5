import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type FolderLook, folderLooks } from '../../src/indexer/folder-looks.ts';

const THERE: FolderLook = { state: 'there', reason: null };
const UNKNOWN: FolderLook = { state: 'unknown', reason: null };

describe('looks at folders', () => {
  it('do not wait for a disk that never answers, and hold one thread of the system for it', async () => {
    const asked: string[] = [];
    const look = (path: string) => {
      asked.push(path);
      return path === '/hangs' ? new Promise<FolderLook>(() => {}) : Promise.resolve(THERE);
    };
    const lookAt = folderLooks(look, 20);
    assert.deepEqual(await lookAt(['/a', '/hangs', '/b']), [THERE, UNKNOWN, UNKNOWN]);
    assert.deepEqual(await lookAt(['/a', '/hangs', '/b']), [THERE, UNKNOWN, UNKNOWN]);
    assert.deepEqual(asked, ['/a', '/hangs'], 'nobody asks the disk a second time');
  });

  it('are taken anew each time', async () => {
    let now: FolderLook = THERE;
    const lookAt = folderLooks(async () => now);
    assert.deepEqual(await lookAt(['/a']), [THERE]);
    now = { state: 'away', reason: 'it is not there' };
    assert.deepEqual(await lookAt(['/a']), [now]);
  });
});
