import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mountTree } from '../../src/indexer/mount-tree.ts';
import { parseMounts } from '../../src/indexer/parse-mounts.ts';
import { type MountFields, mountLines } from '../support/mount-lines.ts';

function treeOf(...mounts: Array<Pick<MountFields, 'id' | 'parent' | 'at'>>) {
  const fields = mounts.map((mount) => ({
    number: `0:${mount.id}`,
    type: 'tmpfs',
    source: 'none',
    ...mount,
  }));
  return mountTree(parseMounts(mountLines(fields)));
}

const ROOT = { id: 20, parent: 1, at: '/' };

describe('mountTree', () => {
  it('leads a path to the deepest mount around it, and never to one whose name only begins alike', () => {
    const tree = treeOf(ROOT, { id: 21, parent: 20, at: '/a' }, { id: 22, parent: 21, at: '/a/b/c' });
    const cases = [
      ['/', '20'],
      ['/x', '20'],
      ['/ab', '20'],
      ['/a', '21'],
      ['/a/b', '21'],
      ['/a/b/cd', '21'],
      ['/a/b/c', '22'],
      ['/a/b/c/d/e', '22'],
    ] as const;
    for (const [path, id] of cases) {
      assert.equal(tree.mountOf(path)?.id, id, path);
    }
  });

  it('takes the mount that stands on another at one place', () => {
    const tree = treeOf(ROOT, { id: 21, parent: 20, at: '/a' }, { id: 22, parent: 21, at: '/a' });
    assert.equal(tree.mountOf('/a/x')?.id, '22');
    assert.equal(tree.mountsOf('0:21'), null);
    assert.deepEqual(
      tree.mountsOf('0:22')?.map(({ id }) => id),
      ['22'],
    );
  });

  it('goes by what a mount stands on also where the one below is listed later', () => {
    const tree = treeOf(ROOT, { id: 22, parent: 23, at: '/a' }, { id: 23, parent: 20, at: '/a' });
    assert.equal(tree.mountOf('/a/x')?.id, '22');
  });

  it('hides what lies below a place that was mounted over, and shows what was mounted there since', () => {
    const hidden = { id: 21, parent: 20, at: '/a/b' };
    const over = { id: 22, parent: 20, at: '/a' };
    const tree = treeOf(ROOT, hidden, over);
    assert.equal(tree.mountOf('/a/b/x')?.id, '22');
    assert.equal(tree.mountsOf('0:21'), null);
    const again = treeOf(ROOT, hidden, over, { id: 23, parent: 22, at: '/a/b' });
    assert.equal(again.mountOf('/a/b/x')?.id, '23');
  });

  it('walks over the root of the first moments, which stands on itself', () => {
    const tree = treeOf({ id: 1, parent: 1, at: '/' }, ROOT, { id: 21, parent: 20, at: '/a' });
    assert.equal(tree.mountOf('/x')?.id, '20');
    assert.equal(tree.mountOf('/a/x')?.id, '21');
  });

  it('knows nothing of paths outside the mounts, as where a changed root is no mount', () => {
    const tree = treeOf({ id: 21, parent: 20, at: '/a' });
    assert.equal(tree.mountOf('/x'), null);
    assert.equal(tree.mountOf('/a/x')?.id, '21');
    assert.equal(treeOf().mountOf('/'), null);
  });

  it('ends with mounts that stand on each other in a circle', () => {
    const ids = fc.constantFrom(1, 2, 3);
    const mount = fc.record({ id: ids, parent: ids, at: fc.constantFrom('/', '/a') });
    fc.assert(
      fc.property(fc.array(mount, { maxLength: 6 }), (mounts) => {
        treeOf(...mounts).mountOf('/a/b');
      }),
    );
  });

  it('lists the mounts of one file system in the order in which they came', () => {
    const fields = { number: '8:1', type: 'ext4', source: '/dev/sda1' };
    const text = mountLines([
      { ...fields, ...ROOT },
      { ...fields, id: 22, parent: 20, at: '/z' },
      { ...fields, id: 21, parent: 20, at: '/a' },
    ]);
    const ids = mountTree(parseMounts(text))
      .mountsOf('8:1')
      ?.map(({ id }) => id);
    assert.deepEqual(ids, ['20', '22', '21']);
  });
});
