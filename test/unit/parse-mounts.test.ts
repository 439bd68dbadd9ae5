import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mountTree } from '../../src/indexer/mount-tree.ts';
import { parseMounts } from '../../src/indexer/parse-mounts.ts';

const EXT4 = '29 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro';

describe('parseMounts', () => {
  it('reads every field of a line', () => {
    assert.deepEqual(parseMounts(`${EXT4}\n`), [
      {
        id: '29',
        parentId: '1',
        majorMinor: '8:2',
        root: '/',
        mountPoint: '/',
        type: 'ext4',
        source: '/dev/sda2',
        options: 'rw,errors=remount-ro',
      },
    ]);
  });

  for (const tags of ['', 'shared:1 ', 'shared:1 master:2 propagate_from:3 ', 'unbindable ', 'new:-:tag ']) {
    it(`finds what follows the optional fields “${tags}”`, () => {
      const [mount] = parseMounts(`40 29 0:50 / /mnt rw ${tags}- fuse.sshfs me@host:/x rw,user_id=0`);
      assert.equal(mount?.type, 'fuse.sshfs');
      assert.equal(mount?.source, 'me@host:/x');
      assert.equal(mount?.options, 'rw,user_id=0');
    });
  }

  it('undoes the escapes of spaces, tabs, line feeds, backslashes and hashes in every field', () => {
    const line =
      '40 29 0:50 /my\\040root /mnt/a\\040b\\011c\\012d rw - cifs //nas/C\\134x\\043y subvol=/a\\040b';
    const [mount] = parseMounts(line);
    assert.equal(mount?.root, '/my root');
    assert.equal(mount?.mountPoint, '/mnt/a b\tc\nd');
    assert.equal(mount?.source, '//nas/C\\x#y');
    assert.equal(mount?.options, 'subvol=/a b');
  });

  it('undoes an escape once: a backslash before digits stays', () => {
    const [mount] = parseMounts('40 29 0:50 / /mnt/a\\134040b rw - ext4 /dev/sdb1 rw');
    assert.equal(mount?.mountPoint, '/mnt/a\\040b');
  });

  it('takes other white space for part of a name', () => {
    const [mount] = parseMounts('40 29 0:50 / /mnt/a\u00a0b\rc rw - ext4 /dev/sdb1 rw');
    assert.equal(mount?.mountPoint, '/mnt/a\u00a0b\rc');
  });

  it('reads a mount without a source', () => {
    const [mount] = parseMounts('40 29 0:50 / /mnt rw - tmpfs  rw,size=4k');
    assert.equal(mount?.source, '');
    assert.equal(mount?.options, 'rw,size=4k');
  });

  it('passes over lines that are none and keeps those around them', () => {
    const damaged = [
      '',
      'nonsense',
      '40 29 0:50 / /mnt rw',
      '40 29 0:50 / /mnt rw -',
      '40 29 0:50 / mnt rw - ext4 /dev/sdb1 rw',
      '40 29 050 / /mnt rw - ext4 /dev/sdb1 rw',
      'x 29 0:50 / /mnt rw - ext4 /dev/sdb1 rw',
      EXT4.slice(0, 30),
    ];
    for (const line of damaged) {
      const found = parseMounts(`${EXT4}\n${line}\n${EXT4.replace('29', '30')}\n`);
      assert.deepEqual(
        found.map(({ id }) => id),
        ['29', '30'],
        line,
      );
    }
  });

  it('and the tree of what it reads survive any text', () => {
    const piece = fc.constantFrom(
      ' ',
      '\n',
      '-',
      '/',
      '/a',
      '1',
      '2',
      '1 1',
      '0:1',
      ' / ',
      '\\040',
      '\\9',
      EXT4,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.string(), (pieces, path) => {
        mountTree(parseMounts(pieces.join(''))).mountOf(path);
      }),
    );
  });

  it('reads every line of this system', {
    skip: process.platform !== 'linux' && 'only Linux has mountinfo',
  }, () => {
    const text = readFileSync('/proc/self/mountinfo', 'utf8');
    assert.equal(parseMounts(text).length, text.trimEnd().split('\n').length);
  });
});
