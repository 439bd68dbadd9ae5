import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KnownFile } from '../../src/domain/file-ledger.ts';
import type { FileStamp } from '../../src/domain/picture.ts';
import { compareFile, type FileState, filledStamp } from '../../src/indexer/compare-file.ts';

const STAMP: FileStamp = {
  path: '/a',
  sizeBytes: 1,
  modifiedMs: 1,
  changedMs: 1.5,
  inode: '18446744073709551615',
  device: 'disk',
};
const CONDITIONS = 'of this run';

function known(state: {
  readonly isDescribed?: boolean;
  readonly stamp?: Partial<FileStamp>;
  readonly failed?: { readonly retry: 'changed' | 'next-run'; readonly conditions?: string };
  readonly failedStamp?: Partial<FileStamp>;
  readonly hasPicture?: boolean;
}): KnownFile {
  const { isDescribed = true, stamp = {}, failed, failedStamp = {}, hasPicture = true } = state;
  return {
    path: STAMP.path,
    indexed: hasPicture ? { stamp: { ...STAMP, ...stamp }, pictureId: 1, isDescribed } : null,
    failure: failed
      ? {
          stamp: { ...STAMP, ...failedStamp },
          code: 'IMAGE_UNREADABLE',
          retry: failed.retry,
          conditions: failed.conditions ?? CONDITIONS,
        }
      : null,
  };
}

const cases: ReadonlyArray<[what: string, known: KnownFile | null, state: FileState]> = [
  ['new', null, 'pending'],
  ['as it was', known({}), 'unchanged'],
  ['of another size', known({ stamp: { sizeBytes: 2 } }), 'pending'],
  ['of another time', known({ stamp: { modifiedMs: 1.0000001 } }), 'pending'],
  ['of another change time', known({ stamp: { changedMs: 1.25 } }), 'pending'],
  ['of another inode', known({ stamp: { inode: '18446744073709551614' } }), 'pending'],
  ['on another device', known({ stamp: { device: 'card' } }), 'pending'],
  [
    'one of which only size and time were known',
    known({ stamp: { changedMs: null, inode: null, device: null } }),
    'unchanged',
  ],
  ['not described by every model', known({ isDescribed: false }), 'pending'],
  ['failed and as it was', known({ failed: { retry: 'changed' }, hasPicture: false }), 'not indexed'],
  ['failed, with a picture, and as it was', known({ failed: { retry: 'changed' } }), 'not indexed'],
  [
    'failed, as it was, and not described by every model',
    known({ failed: { retry: 'changed' }, isDescribed: false }),
    'not indexed',
  ],
  [
    'changed since it failed',
    known({ failed: { retry: 'changed' }, failedStamp: { changedMs: 7 } }),
    'pending',
  ],
  [
    'failed when less was known of files',
    known({ failed: { retry: 'changed' }, failedStamp: { changedMs: null, inode: null, device: null } }),
    'not indexed',
  ],
  [
    'failed under other conditions',
    known({ failed: { retry: 'changed', conditions: 'of another' } }),
    'pending',
  ],
  ['failed for a cause that may lie outside it', known({ failed: { retry: 'next-run' } }), 'pending'],
];

describe('compareFile', () => {
  for (const [what, before, state] of cases) {
    it(`takes a file that is ${what} for ${state}`, () => {
      assert.equal(compareFile(STAMP, before, { force: false, conditions: CONDITIONS }), state);
      assert.equal(compareFile(STAMP, before, { force: true, conditions: CONDITIONS }), 'pending');
    });
  }
});

describe('filledStamp', () => {
  it('adds what was not known, and takes away nothing that was', () => {
    const bare = { ...STAMP, changedMs: null, inode: null, device: null };
    assert.deepEqual(filledStamp(STAMP, bare), STAMP);
    assert.deepEqual(filledStamp({ ...STAMP, device: null }, { ...STAMP, inode: null }), STAMP);
    assert.equal(filledStamp(STAMP, STAMP), null);
    assert.equal(filledStamp(bare, STAMP), null);
    assert.equal(filledStamp(bare, bare), null);
  });
});
