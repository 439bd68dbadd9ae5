import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { knownInPathOrder } from '../../src/verify/known-in-path-order.ts';
import { collect } from '../support/collect.ts';
import { indexRun } from '../support/index-run.ts';

describe('known files in the order of paths', () => {
  it('are those of all roots, also inside each other, and those that were named one by one', async () => {
    const run = await indexRun({
      'a.jpg': '1',
      'b/c.jpg': '2',
      'b!.jpg': '3',
      'b/d/e.jpg': '4',
      'z.jpg': '5',
    });
    run.write({ 'q.jpg': '6', 's.jpg': '7', 'root/b/f.jpg': '8' });
    await run.index({ roots: [join(run.root, 'b')] });
    await run.index();
    await run.index({ listed: [join(run.folder, 'q.jpg'), join(run.folder, 's.jpg')] });
    assert.equal((await run.catalog.files.roots()).length, 2);
    const known = await collect(knownInPathOrder(run.catalog.files));
    assert.deepEqual(
      known.map(({ path }) => relative(run.folder, path)),
      [
        ...['q.jpg', 'root/a.jpg', 'root/b!.jpg', 'root/b/c.jpg', 'root/b/d/e.jpg', 'root/b/f.jpg'],
        ...['root/z.jpg', 's.jpg'],
      ],
    );
  });

  it('are none in an empty library', async () => {
    const run = await indexRun();
    assert.deepEqual(await collect(knownInPathOrder(run.catalog.files)), []);
  });
});
