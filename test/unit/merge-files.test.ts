import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { comparePaths } from '../../src/domain/compare-paths.ts';
import type { KnownFile } from '../../src/domain/file-ledger.ts';
import { KNOWN, type KnownPage, NUMBERS_OF_KNOWN, pageOfOne } from '../../src/domain/known-page.ts';
import type { DeviceTable } from '../../src/indexer/device-table.ts';
import type { FoundFile, FoundRun } from '../../src/indexer/found-files.ts';
import { mergeFiles } from '../../src/indexer/merge-files.ts';
import { LOOK, NUMBERS_OF_LOOK } from '../../src/indexer/packed-looks.ts';
import { collect } from '../support/collect.ts';

const DEVICES: DeviceTable = { identityOf: () => 'disk' };

/** A file of a folder: its size on disk and in the catalog; null where it is not. */
interface Item {
  readonly name: string;
  readonly found: number | null;
  readonly known: number | null;
}

function runsOf(items: readonly Item[], size: number): Array<FoundFile | FoundRun> {
  const there = items.filter(({ found }) => found !== null);
  const runs: Array<FoundFile | FoundRun> = [];
  for (let i = 0; i < there.length; i += size) {
    const part = there.slice(i, i + size);
    const packed = new Float64Array(part.length * NUMBERS_OF_LOOK).fill(1);
    for (const [at, { found }] of part.entries()) {
      packed[at * NUMBERS_OF_LOOK + LOOK.kind] = 0;
      packed[at * NUMBERS_OF_LOOK + LOOK.sizeBytes] = found as number;
    }
    const names = part.map(({ name }) => name);
    const [one] = names;
    // Of a run with a single file, the file by itself.
    runs.push(
      size === 1
        ? { path: `/r/${one}`, stamp: null, problem: 'nobody could look' }
        : { before: '/r/', names, packed, from: 0, to: names.length },
    );
  }
  return runs;
}

function pagesOf(items: readonly Item[], size: number): KnownPage[] {
  const there = items.filter(({ known }) => known !== null);
  const pages: KnownPage[] = [];
  for (let i = 0; i < there.length; i += size) {
    const part = there.slice(i, i + size);
    const numbers = new Float64Array(part.length * NUMBERS_OF_KNOWN).fill(1);
    for (const [at, { known }] of part.entries()) {
      numbers[at * NUMBERS_OF_KNOWN + KNOWN.sizeBytes] = known as number;
      numbers[at * NUMBERS_OF_KNOWN + KNOWN.device] = 0;
    }
    const names = part.map(({ name }) => name);
    pages.push({ before: '/r/', names, numbers, devices: ['disk'], others: new Map() });
  }
  return pages;
}

async function* streamOf<One>(all: readonly One[]): AsyncGenerator<One> {
  yield* all;
}

const items = fc
  .uniqueArray(
    fc.record({
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }).filter((name) => !name.includes('/')),
      found: fc.constantFrom(1, 1, 1, 2, null),
      known: fc.constantFrom(1, 1, 1, 2, null),
    }),
    { selector: ({ name }) => name, maxLength: 30 },
  )
  .map((all) => all.toSorted((a, b) => comparePaths(a.name, b.name)));

describe('mergeFiles', () => {
  it('names every path of both once and in order, but for unchanged ones, which it counts', async () => {
    await fc.assert(
      fc.asyncProperty(
        items,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        async (all, a, b) => {
          for (const force of [false, true]) {
            const merged = await collect(
              mergeFiles(streamOf(runsOf(all, a)), streamOf(pagesOf(all, b)), DEVICES, { force }),
            );
            const isUnchanged = ({ found, known }: Item) =>
              a > 1 && !force && found !== null && found === known;
            const there = all.filter(({ found, known }) => found !== null || known !== null);
            const told = merged.flatMap((one) => ('unchanged' in one ? [] : [one]));
            assert.deepEqual(
              told.map(({ found, known }) => [found?.path ?? null, known?.path ?? null]),
              there
                .filter((item) => !isUnchanged(item))
                .map(({ name, found, known }) => [
                  found === null ? null : `/r/${name}`,
                  known === null ? null : `/r/${name}`,
                ]),
            );
            const unchanged = merged.reduce((sum, one) => sum + ('unchanged' in one ? one.unchanged : 0), 0);
            assert.equal(unchanged, there.filter(isUnchanged).length);
          }
        },
      ),
    );
  });

  it('tells what is known of a file as the ledger has it', async () => {
    const known: KnownFile = {
      path: '/r/a',
      indexed: null,
      failure: {
        stamp: { path: '/r/a', sizeBytes: 1, modifiedMs: 1, changedMs: 1, inode: '1', device: 'disk' },
        ...{ code: 'IMAGE_UNREADABLE', retry: 'changed', conditions: 'x' },
      },
    };
    const found = runsOf(
      [
        { name: 'a', found: 1, known: null },
        { name: 'b', found: 1, known: null },
      ],
      2,
    );
    const merged = await collect(
      mergeFiles(streamOf(found), streamOf([pageOfOne(known)]), DEVICES, { force: false }),
    );
    assert.deepEqual(
      merged.map((one) => 'known' in one && one.known),
      [known, null],
    );
  });
});
