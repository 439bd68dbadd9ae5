import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import { failureOf, unseenStamp } from '../../src/domain/failure.ts';
import { BatchWriter } from '../../src/indexer/batch-writer.ts';

/** A failed file, the smallest thing to commit. */
function failure(path: string) {
  const error = new EideticError('IMAGE_UNREADABLE', 'Found no picture.');
  return failureOf(unseenStamp(path), error, { retry: 'changed', conditions: '' });
}

/** A writer whose clock stands still, and the paths that it committed. */
function prepare(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const committed: string[][] = [];
  const disk = { error: null as Error | null };
  const writer = new BatchWriter({
    files: {
      async commit({ failures }) {
        if (disk.error !== null) {
          throw disk.error;
        }
        committed.push(failures.map(({ stamp }) => stamp.path));
        return { pictures: [], isNew: [], left: [] };
      },
      findByHash: async () => null,
    },
    index: { keepUp: async () => {} },
    describeAgain: () => assert.fail('nothing was removed'),
    refuse: () => assert.fail('nothing is refused'),
    onCommitted: () => {},
  });
  return { writer, committed, disk, clock: t.mock.timers };
}

it('a batch is committed when it is due, though nothing comes after it', async (t) => {
  const { writer, committed, clock } = prepare(t);
  await writer.addFailure(failure('a'));
  await writer.addFailure(failure('b'));
  assert.deepEqual(committed, []);
  clock.tick(2_000);
  await writer.addFailure(failure('c'));
  assert.deepEqual(committed, [['a', 'b']]);
  await writer.flush();
  assert.deepEqual(committed, [['a', 'b'], ['c']]);
  clock.tick(10_000);
  await writer.flush();
  assert.equal(committed.length, 2, 'a batch of nothing was committed');
});

it('a batch is committed when it is full, and the next one is due two seconds after its own first file', async (t) => {
  const { writer, committed, clock } = prepare(t);
  const added = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await writer.addFailure(failure(`${i}`));
    }
  };
  clock.tick(1_000);
  await added(64);
  assert.deepEqual(
    committed.map(({ length }) => length),
    [64],
  );
  clock.tick(1_500);
  await added(1);
  clock.tick(1_500);
  assert.equal(committed.length, 1);
  clock.tick(500);
  await writer.flush();
  assert.deepEqual(
    committed.map(({ length }) => length),
    [64, 1],
  );
});

it('what a commit that was due failed with surfaces with the next file', async (t) => {
  const { writer, disk, clock } = prepare(t);
  await writer.addFailure(failure('a'));
  disk.error = new EideticError('STORAGE_FULL', 'The disk is full.');
  clock.tick(2_000);
  await assert.rejects(writer.addFailure(failure('b')), { code: 'STORAGE_FULL' });
  await assert.rejects(writer.flush(), { code: 'STORAGE_FULL' });
});

it('a stopped writer commits nothing more', async (t) => {
  const { writer, committed, clock } = prepare(t);
  await writer.addFailure(failure('a'));
  await writer.stop();
  clock.tick(10_000);
  await writer.stop();
  assert.deepEqual(committed, []);
});
