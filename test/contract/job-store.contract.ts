import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { JobStore } from '../../src/domain/job.ts';

const ENDED_AT = '2024-05-01T10:00:00.000Z';
const STARTED_AT = '2024-05-01T09:00:00.000Z';

/** What every job store must do. `prepare` gives a new place for jobs, and how to open those that are there. */
export function jobStoreContract(
  name: string,
  prepare: (t: TestContext) => Promise<() => Promise<JobStore>>,
): void {
  const test = (
    sentence: string,
    work: (store: JobStore, reopen: () => Promise<JobStore>) => Promise<void>,
  ) =>
    it(sentence, async (t) => {
      const open = await prepare(t);
      let store = await open();
      const reopen = async () => {
        await store.close();
        store = await open();
        return store;
      };
      try {
        await work(store, reopen);
      } finally {
        await store.close();
      }
    });

  describe(`job store contract: ${name}`, () => {
    test('gives back what was put in, also after it was opened again', async (store, reopen) => {
      const added = await store.add(['/a', '/b "c"']);
      assert.deepEqual([added.state, added.attempts, added.roots], ['queued', 0, ['/a', '/b "c"']]);
      assert.deepEqual(await store.get(added.id), added);
      const error = { code: 'FORBIDDEN', message: 'no' } as const;
      const failed = await store.change(added.id, { state: 'failed', endedAt: ENDED_AT, error });
      assert.deepEqual(failed, { ...added, state: 'failed', endedAt: ENDED_AT, error });
      const again = await reopen();
      assert.deepEqual(await again.get(added.id), failed);
      assert.ok((await again.add(['/a'])).id > added.id);
    });

    test('lists the latest first, a page at a time, and what has not ended oldest first', async (store) => {
      const ids: number[] = [];
      for (const root of ['/1', '/2', '/3', '/4']) {
        ids.push((await store.add([root])).id);
      }
      const listed = async (before: number | null) => (await store.list(3, before)).map(({ id }) => id);
      assert.deepEqual(await listed(null), ids.slice(1).reverse());
      assert.deepEqual(await listed(ids[1] as number), [ids[0]]);
      await store.change(ids[1] as number, { state: 'done', endedAt: ENDED_AT });
      assert.deepEqual(
        (await store.unfinished()).map(({ id }) => id),
        [ids[0], ids[2], ids[3]],
      );
    });

    test('keeps every one of the jobs that are added at once', async (store) => {
      const roots = Array.from({ length: 10 }, (_, i) => [`/${i}`]);
      const added = await Promise.all(roots.map((folders) => store.add(folders)));
      assert.equal(new Set(added.map(({ id }) => id)).size, roots.length);
      assert.deepEqual(
        added.map((job) => job.roots),
        roots,
      );
      assert.deepEqual(
        await store.unfinished(),
        [...added].sort((a, b) => a.id - b.id),
      );
    });

    test('loses none of two changes that are made at once', async (store) => {
      const { id } = await store.add(['/a']);
      await Promise.all([
        store.change(id, { state: 'running', attempts: 1 }),
        store.change(id, { startedAt: STARTED_AT }),
      ]);
      const job = await store.get(id);
      assert.deepEqual([job?.state, job?.attempts, job?.startedAt], ['running', 1, STARTED_AT]);
    });

    test('knows no job that was not added, and refuses to change it', async (store) => {
      assert.equal(await store.get(7), null);
      await assert.rejects(store.change(7, { state: 'done' }), { code: 'NOT_FOUND' });
      assert.equal(await store.get(7), null);
      assert.deepEqual(await store.list(10, null), []);
    });

    test('finishes the calls in progress when it is closed, and refuses later ones', async (store, reopen) => {
      const added = store.add(['/a']);
      await store.close();
      const { id } = await added;
      const closed = { code: 'CATALOG_CLOSED' };
      await assert.rejects(store.add(['/b']), closed);
      await assert.rejects(store.get(id), closed);
      await assert.rejects(store.list(1, null), closed);
      await assert.rejects(store.unfinished(), closed);
      await assert.rejects(store.change(id, { attempts: 2 }), closed);
      const again = await reopen();
      assert.deepEqual(await again.unfinished(), [await added]);
    });
  });
}
