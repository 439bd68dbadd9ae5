import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPointTable, readPointTable } from '../../src/vector-index/point-table.ts';

const POINTS = 6;

test('a point table holds what a plain map of part to point would, and survives a round trip', () => {
  const change = fc.record({ id: fc.nat(9), point: fc.option(fc.nat(POINTS - 1)) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const table = createPointTable();
      const expected = new Map<number, number>();
      for (const { id, point } of changes) {
        if (point === null) {
          table.release(id);
          expected.delete(id);
        } else {
          table.assign(id, point);
          expected.set(id, point);
        }
      }
      for (const read of [table, readPointTable(table.toPairs(), POINTS)]) {
        assert.ok(read);
        assert.equal(read.partCount(), expected.size);
        assert.equal(read.usedPointCount(), new Set(expected.values()).size);
        assert.deepEqual(read.ids().sort(), [...expected.keys()].sort());
        for (let id = 0; id < 10; id++) {
          assert.equal(read.pointOf(id), expected.get(id));
        }
        for (let point = 0; point < POINTS; point++) {
          const ids = [...expected.keys()].filter((id) => expected.get(id) === point);
          assert.deepEqual(read.partsAt(point), ids.sort(), 'ascending');
        }
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('pairs that cannot be true are refused', () => {
  assert.equal(readPointTable(new Float64Array([3, 1]), 3), null, 'a point the graph does not have');
  assert.equal(readPointTable(new Float64Array([-1, 1]), 3), null, 'a negative point');
  assert.equal(readPointTable(new Float64Array([0, 1, 2, 1]), 3), null, 'a part at two points');
  assert.equal(readPointTable(new Float64Array([0, 1, 2]), 3), null, 'half a pair');
});
