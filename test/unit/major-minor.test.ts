import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { it } from 'node:test';
import fc from 'fast-check';
import { majorMinor } from '../../src/indexer/major-minor.ts';

/** gnu_dev_makedev of glibc. */
function makedev(major: bigint, minor: bigint): bigint {
  return (
    ((major & 0xfffn) << 8n) |
    ((major & 0xfffff000n) << 32n) |
    (minor & 0xffn) |
    ((minor & 0xffffff00n) << 12n)
  );
}

it('majorMinor unpacks what makedev packs, for all 32 bits of both', () => {
  const bits32 = fc.bigInt({ min: 0n, max: 0xffffffffn });
  fc.assert(
    fc.property(bits32, bits32, (major, minor) => {
      assert.equal(majorMinor(makedev(major, minor)), `${major}:${minor}`);
    }),
  );
});

it('majorMinor names /dev/null as Linux does', { skip: process.platform !== 'linux' && 'not Linux' }, () => {
  assert.equal(majorMinor(statSync('/dev/null', { bigint: true }).rdev), '1:3');
});
