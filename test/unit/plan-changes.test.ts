import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { KnownFile } from '../../src/domain/catalog.ts';
import { comparePaths } from '../../src/domain/compare-paths.ts';
import type { FileStamp } from '../../src/domain/picture.ts';
import { type Change, planChanges } from '../../src/indexer/plan-changes.ts';

const stamp = fc.record({
  path: fc.string({ unit: 'binary', maxLength: 3 }),
  sizeBytes: fc.nat(2),
  modifiedMs: fc.nat(2),
});
const known = fc.record({
  path: fc.string({ unit: 'binary', maxLength: 3 }),
  sizeBytes: fc.nat(2),
  modifiedMs: fc.nat(2),
  state: fc.constantFrom<KnownFile['state'][]>('indexed', 'undescribed', 'failed', 'failed-transiently'),
  pictureId: fc.constant(null),
});
const disk = fc.uniqueArray(stamp, { selector: (file) => file.path });
const catalog = fc.uniqueArray(known, { selector: (file) => file.path });

async function* sorted<File extends FileStamp>(files: readonly File[]): AsyncGenerator<File> {
  yield* [...files].sort((a, b) => comparePaths(a.path, b.path));
}

async function plan(
  found: readonly FileStamp[],
  before: readonly KnownFile[],
  force: boolean,
): Promise<Change[]> {
  const changes: Change[] = [];
  for await (const change of planChanges(sorted(found), sorted(before), force)) {
    changes.push(change);
  }
  return changes;
}

describe('planChanges', () => {
  it('names every path of disk and catalog exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(disk, catalog, fc.boolean(), async (found, before, force) => {
        const paths = (await plan(found, before, force)).map((change) => change.file.path);
        const expected = new Set([...found, ...before].map(({ path }) => path));
        assert.equal(paths.length, expected.size);
        assert.deepEqual(new Set(paths), expected);
      }),
    );
  });

  it('makes the catalog equal to the disk when it is carried out', async () => {
    await fc.assert(
      fc.asyncProperty(disk, catalog, async (found, before) => {
        const after = new Map(before.map((file) => [file.path, file]));
        for (const change of await plan(found, before, false)) {
          if (change.kind === 'removed') {
            after.delete(change.file.path);
          } else if (change.kind === 'pending') {
            after.set(change.file.path, { ...change.file, state: 'indexed', pictureId: null });
          }
        }
        const stamps = [...after.values()].map(({ path, sizeBytes, modifiedMs }) => ({
          path,
          sizeBytes,
          modifiedMs,
        }));
        const inOrder = (files: readonly FileStamp[]) =>
          [...files].sort((a, b) => comparePaths(a.path, b.path));
        assert.deepEqual(
          inOrder(stamps),
          inOrder(found).map((file) => ({ ...file })),
        );
        const again = await plan(found, [...after.values()], false);
        assert.ok(again.every(({ kind }) => kind === 'unchanged' || kind === 'failed'));
      }),
    );
  });

  const file = { path: '/a', sizeBytes: 1, modifiedMs: 1 };
  const cases: ReadonlyArray<[KnownFile['state'], Partial<FileStamp>, boolean, Change['kind']]> = [
    ['indexed', {}, false, 'unchanged'],
    ['indexed', { sizeBytes: 2 }, false, 'pending'],
    ['indexed', { modifiedMs: 2 }, false, 'pending'],
    ['indexed', {}, true, 'pending'],
    ['undescribed', {}, false, 'pending'],
    ['failed', {}, false, 'failed'],
    ['failed', { modifiedMs: 2 }, false, 'pending'],
    ['failed', {}, true, 'pending'],
    ['failed-transiently', {}, false, 'pending'],
  ];
  for (const [state, change, force, expected] of cases) {
    it(`takes a file that was ${state}${force ? ' with force' : ''} and ${JSON.stringify(change)} for ${expected}`, async () => {
      const [found] = await plan([{ ...file, ...change }], [{ ...file, state, pictureId: null }], force);
      assert.equal(found?.kind, expected);
    });
  }
});
