import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FolderTrail } from '../../src/indexer/folder-trail.ts';

describe('FolderTrail', () => {
  it('names what it does not know from the outermost, and forgets what is left behind', () => {
    const trail = new FolderTrail<number>();
    const goTo = (folder: string) => {
      const unknown = trail.goTo(folder, '/r');
      for (const one of unknown) {
        trail.add(one, one.length);
      }
      return unknown;
    };
    assert.deepEqual(goTo('/r/a/b'), ['/r', '/r/a', '/r/a/b']);
    assert.deepEqual(goTo('/r/a/b'), []);
    assert.equal(trail.get('/r/a'), 4);
    assert.deepEqual(goTo('/r/a-b/c'), ['/r/a-b', '/r/a-b/c']);
    assert.equal(trail.get('/r/a'), undefined);
    assert.deepEqual(goTo('/r'), []);
    assert.deepEqual(goTo('/r/a'), ['/r/a']);
  });

  it('goes through the root of the file system', () => {
    assert.deepEqual(new FolderTrail<number>().goTo('/a', '/'), ['/', '/a']);
  });
});
