import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { removeStaleSpools, Spool } from '../../src/indexer/spool.ts';
import { collect } from '../support/collect.ts';
import { makeMountFolder } from '../support/mount-folder.ts';
import { refuses } from '../support/refuses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function filled<Item>(folder: string, items: readonly Item[]): Promise<Spool<Item>> {
  const spool = new Spool<Item>(folder);
  for (const item of items) {
    await spool.add(item);
  }
  return spool;
}

describe('a spool', () => {
  it('says in a sentence what is in its way', async () => {
    const folder = join(temporaryFolder(), 'spool');
    writeFileSync(folder, 'a file');
    await refuses(
      filled(folder, ['x'.repeat(2 ** 20)]),
      'READ_ONLY',
      /something else lies in its place .*move that/,
    );
  });

  it('gives back what was added, as often as it is asked, in memory or not', async () => {
    const folder = join(temporaryFolder(), 'spool');
    const item = fc.record(
      {
        path: fc.string({ unit: 'binary', maxLength: 20 }),
        time: fc.double({ noNaN: true, noDefaultInfinity: true }).map((time) => time + 0), // JSON has no -0
        inode: fc.option(fc.bigInt().map(String)),
      },
      { noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 20 }), fc.constantFrom(1, 4_000), async (some, times) => {
        const items = Array.from({ length: times }, () => some).flat();
        const spool = await filled(folder, items);
        assert.equal(spool.count, items.length);
        assert.deepEqual(await collect(spool), items);
        assert.deepEqual(await collect(spool), items);
        await spool.close();
      }),
      { numRuns: 10 },
    );
  });

  it('writes nothing while it is small, and no name stays when it is large', async () => {
    const folder = join(temporaryFolder(), 'spool');
    const small = await filled(folder, ['a', 'b']);
    assert.ok(!existsSync(folder));
    const large = await filled(
      folder,
      Array.from({ length: 40 }, (_, n) => `${n} `.padEnd(100_000, 'é\n"')),
    );
    assert.equal(process.platform === 'linux' ? readdirSync(folder).length : 0, 0);
    assert.equal((await collect(large)).length, 40);
    assert.match((await collect(large))[39] ?? '', /^39 é\n"/);
    await large.close();
    await small.close();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('can be left before its end, and read again', async () => {
    const spool = await filled(
      temporaryFolder(),
      Array.from({ length: 200 }, (_, n) => `${n}`.padEnd(20_000)),
    );
    for await (const item of spool) {
      if (item.startsWith('77 ')) {
        break;
      }
    }
    assert.equal((await collect(spool)).length, 200);
    await spool.close();
    await spool.close();
  });

  it('says STORAGE_FULL when its disk is full', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const disk = mounts.mount('disk', '-t', 'tmpfs', '-o', 'size=1m', 'none');
    const spool = await filled(disk, ['x'.repeat(500_000)]);
    await refuses(spool.add('x'.repeat(2_000_000)), 'STORAGE_FULL', /no space is left.*free some space/);
    await spool.close();
  });
});

describe('files of plans that killed runs have left', () => {
  it('are removed, and nothing else is', async () => {
    const folder = temporaryFolder();
    for (const name of ['plan-00ff.jsonl', 'plan-xyz.jsonl', 'plan-00ff.jsonl.txt', 'a.jsonl']) {
      writeFileSync(join(folder, name), '');
    }
    await removeStaleSpools(folder);
    assert.deepEqual(readdirSync(folder).sort(), ['a.jsonl', 'plan-00ff.jsonl.txt', 'plan-xyz.jsonl']);
    await removeStaleSpools(join(folder, 'not there'));
  });
});
