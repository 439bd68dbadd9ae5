import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { comparePaths } from '../../src/domain/compare-paths.ts';
import { mergeByPath } from '../../src/indexer/merge-by-path.ts';
import { collect } from '../support/collect.ts';

interface Item {
  readonly path: string;
  readonly of: string;
}

const paths = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 3 }));

async function* sorted(all: readonly string[], of: string): AsyncGenerator<Item> {
  for (const path of [...all].sort(comparePaths)) {
    yield { path, of };
  }
}

describe('mergeByPath', () => {
  it('names every path of both streams exactly once, in order, with what each has there', async () => {
    await fc.assert(
      fc.asyncProperty(paths, paths, async (found, known) => {
        const merged = await collect(mergeByPath(sorted(found, 'found'), sorted(known, 'known')));
        const expected = [...new Set([...found, ...known])].sort(comparePaths).map((path) => ({
          found: found.includes(path) ? { path, of: 'found' } : null,
          known: known.includes(path) ? { path, of: 'known' } : null,
        }));
        assert.deepEqual(merged, expected);
      }),
    );
  });

  it('has read no further in what is known than it has told', async () => {
    let read = 0;
    async function* known(): AsyncGenerator<Item> {
      for (const path of ['/a', '/b', '/c', '/d']) {
        read++;
        yield { path, of: 'known' };
      }
    }
    for await (const pair of mergeByPath(sorted(['/c'], 'found'), known())) {
      if (pair.found?.path === '/c') {
        assert.equal(read, 3);
      }
    }
    assert.equal(read, 4);
  });
});
