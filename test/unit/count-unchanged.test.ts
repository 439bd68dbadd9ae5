import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { KnownFile } from '../../src/domain/file-ledger.ts';
import { KNOWN, type KnownPage, NUMBERS_OF_KNOWN, pageOfOne } from '../../src/domain/known-page.ts';
import { compareFile, filledStamp } from '../../src/indexer/compare-file.ts';
import { countUnchanged } from '../../src/indexer/count-unchanged.ts';
import type { DeviceTable } from '../../src/indexer/device-table.ts';
import { type FoundRun, fileOfRun } from '../../src/indexer/found-files.ts';
import { LOOK, NUMBERS_OF_LOOK } from '../../src/indexer/packed-looks.ts';

const EXT4 = 'ext4 UUID=1';
const CAMERA_CARD = 'vfat UUID=2';
const DEVICES_BY_DEV = new Map([
  [1, EXT4],
  [2, CAMERA_CARD],
]);

const DEVICES: DeviceTable = { identityOf: (dev) => DEVICES_BY_DEV.get(Number(dev)) ?? null };

interface Look {
  readonly name: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly changedMs: number;
  readonly inode: number;
  /** 3 for one without a name. */
  readonly dev: number;
}

interface Known extends Omit<Look, 'inode' | 'dev'> {
  readonly inode: number | null;
  readonly device: string | null;
}

function runOf(before: string, looks: readonly Look[]): FoundRun {
  const packed = new Float64Array(looks.length * NUMBERS_OF_LOOK);
  for (const [i, look] of looks.entries()) {
    for (const column of ['sizeBytes', 'modifiedMs', 'changedMs', 'inode', 'dev'] as const) {
      packed[i * NUMBERS_OF_LOOK + LOOK[column]] = look[column];
    }
  }
  return { before, names: looks.map(({ name }) => name), packed, from: 0, to: looks.length };
}

function pageOf(before: string, known: readonly Known[]): KnownPage {
  const devices = [EXT4, CAMERA_CARD];
  const numbers = new Float64Array(known.length * NUMBERS_OF_KNOWN);
  for (const [i, file] of known.entries()) {
    const first = i * NUMBERS_OF_KNOWN;
    for (const column of ['sizeBytes', 'modifiedMs', 'changedMs'] as const) {
      numbers[first + KNOWN[column]] = file[column];
    }
    numbers[first + KNOWN.inode] = file.inode ?? Number.NaN;
    numbers[first + KNOWN.device] = devices.indexOf(file.device ?? '');
    numbers[first + KNOWN.pictureId] = 7;
  }
  return { before, names: known.map(({ name }) => name), numbers, devices, others: new Map() };
}

function asKnownFile(before: string, { name, inode, ...stamp }: Known): KnownFile {
  const path = before + name;
  const { sizeBytes, modifiedMs, changedMs, device } = stamp;
  return {
    path,
    indexed: {
      stamp: {
        ...{ path, sizeBytes, modifiedMs, changedMs, device },
        inode: inode === null ? null : String(inode),
      },
      ...{ pictureId: 7, isDescribed: true },
    },
    failure: null,
  };
}

const looks = fc.record({
  name: fc.constantFrom('a.jpg', 'b.jpg'),
  sizeBytes: fc.constantFrom(1, 2),
  modifiedMs: fc.constantFrom(1.5, 2.5),
  changedMs: fc.constantFrom(3.5, 4.5),
  inode: fc.constantFrom(5, 6),
  dev: fc.constantFrom(1, 2, 3),
});
const knowns = fc.record({
  name: fc.constantFrom('day/a.jpg', 'day/b.jpg', 'night/a.jpg', 'a.jpg', 'y/a.jpg'),
  sizeBytes: fc.constantFrom(1, 2),
  modifiedMs: fc.constantFrom(1.5, 2.5),
  changedMs: fc.constantFrom(3.5, 4.5),
  inode: fc.constantFrom(5, 6, null),
  device: fc.constantFrom(EXT4, CAMERA_CARD, null),
});

describe('countUnchanged', () => {
  it('counts no file that looking at it by itself would not call unchanged, with nothing to add', () => {
    let unchanged = 0;
    fc.assert(
      fc.property(looks, knowns, (look, known) => {
        const run = runOf('/r/day/', [look]);
        const { path, stamp } = fileOfRun(run, 0, DEVICES);
        const file = asKnownFile('/r/', known);
        const isSame =
          file.path === path &&
          compareFile(stamp, file, { force: false, conditions: '' }) === 'unchanged' &&
          filledStamp(stamp, file.indexed?.stamp as never) === null;
        const counted = countUnchanged(run, 0, pageOf('/r/', [known]), 0, DEVICES) === 1;
        assert.ok(isSame || !counted);
        unchanged += counted ? 1 : 0;
      }),
      { numRuns: 20_000, seed: 1 },
    );
    assert.ok(unchanged > 20, `only ${unchanged} were unchanged`);
  });

  const look = { name: 'a', sizeBytes: 1, modifiedMs: 1.5, changedMs: 2.5, inode: 5, dev: 1 };
  const known = {
    ...{ name: 'day/a', sizeBytes: 1, modifiedMs: 1.5, changedMs: 2.5 },
    ...{ inode: 5, device: EXT4 as string | null },
  };

  it('counts files on disks without lasting inodes, and on those without names', () => {
    for (const [dev, device, inode] of [
      [1, EXT4, 5],
      [2, CAMERA_CARD, null],
      [3, null, 5],
    ] as const) {
      const page = pageOf('/r/', [{ ...known, inode, device }]);
      assert.equal(
        countUnchanged(runOf('/r/day/', [{ ...look, dev }]), 0, page, 0, DEVICES),
        1,
        String(device),
      );
    }
  });

  it('stops at the first that changed, came between or is known to be more', () => {
    const names = ['a', 'b', 'c', 'd'];
    const run = runOf(
      '/r/day/',
      names.map((name) => ({ ...look, name })),
    );
    const page = (changed: Partial<Known>, at: number) =>
      pageOf(
        '/r/',
        names.map((name, i) => ({ ...known, name: `day/${name}`, ...(i === at ? changed : {}) })),
      );
    assert.equal(countUnchanged(run, 0, page({}, 0), 0, DEVICES), 4);
    assert.equal(countUnchanged(run, 1, page({}, 0), 1, DEVICES), 3);
    assert.equal(countUnchanged(run, 0, page({}, 0), 1, DEVICES), 0);
    assert.equal(countUnchanged(run, 0, page({ sizeBytes: 2 }, 2), 0, DEVICES), 2);
    assert.equal(countUnchanged(run, 0, page({ name: 'day/bb' }, 1), 0, DEVICES), 1);
    assert.equal(countUnchanged(run, 0, page({ device: CAMERA_CARD }, 3), 0, DEVICES), 3);
    assert.equal(countUnchanged(run, 0, pageOfOne(asKnownFile('/r/', known)), 0, DEVICES), 0);
    assert.equal(countUnchanged({ ...run, before: '/s/day/' }, 0, page({}, 0), 0, DEVICES), 0);
  });
});
