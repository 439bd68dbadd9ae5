import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { heightOf, justifiedRows, rowAt, shownRatio } from '../../src/web/grid/justified-rows.ts';
import { nextTile } from '../../src/web/grid/next-tile.ts';
import { seededRandom } from '../support/seeded-random.ts';

const OPTIONS = { width: 1_000, rowHeight: 200, gap: 8, below: 24 };

describe('pictures in rows', () => {
  const random = seededRandom(3);
  const ratios = Array.from({ length: 500 }, () => 0.2 + 5 * random() ** 2);
  const rows = justifiedRows(ratios, OPTIONS);

  it('are all there, in their order', () => {
    let next = 0;
    for (const row of rows) {
      assert.equal(row.start, next);
      next += row.boxes.length;
    }
    assert.equal(next, ratios.length);
  });

  it('fill each row to both edges but the last, no higher than asked for, and keep their shape', () => {
    for (const row of rows) {
      const last = row.boxes.at(-1);
      const right = (last?.left ?? 0) + (last?.width ?? 0);
      assert.ok(row.height <= OPTIONS.rowHeight + 1e-9);
      assert.ok(right <= OPTIONS.width + 1e-6, `${right}`);
      if (row !== rows.at(-1)) {
        assert.ok(Math.abs(right - OPTIONS.width) < 1e-6, `${right}`);
      }
      for (const [i, { width }] of row.boxes.entries()) {
        assert.ok(Math.abs(width / row.height - shownRatio(ratios[row.start + i] as number)) < 1e-9);
      }
    }
  });

  it('do not overlap, and end where the grid does', () => {
    for (const [i, row] of rows.entries()) {
      const before = rows[i - 1];
      assert.ok(before === undefined || row.top >= before.top + before.height + OPTIONS.below);
    }
    const last = rows.at(-1);
    assert.equal(heightOf(rows, OPTIONS), (last?.top ?? 0) + (last?.height ?? 0) + OPTIONS.below);
    assert.equal(heightOf([], OPTIONS), 0);
  });

  it('are found by place', () => {
    for (const [i, row] of rows.entries()) {
      assert.equal(rowAt(rows, row.top), i);
      assert.equal(rowAt(rows, row.top + row.height), i);
    }
    assert.equal(rowAt(rows, -500), 0);
    assert.equal(rowAt([], 10), 0);
  });

  it('are reached by arrow keys, each way back', () => {
    assert.equal(nextTile(rows, 0, 'ArrowLeft'), null);
    assert.equal(nextTile(rows, 0, 'ArrowUp'), null);
    assert.equal(nextTile(rows, 0, 'ArrowRight'), 1);
    assert.equal(nextTile(rows, 0, 'End'), ratios.length - 1);
    assert.equal(nextTile(rows, ratios.length - 1, 'ArrowRight'), null);
    assert.equal(nextTile(rows, ratios.length - 1, 'ArrowDown'), null);
    assert.equal(nextTile(rows, 40, 'Home'), 0);
    assert.equal(nextTile(rows, 40, 'x'), null);
    const below = nextTile(rows, 0, 'ArrowDown') as number;
    assert.ok(below >= (rows[1]?.start ?? 0) && below < (rows[2]?.start ?? 0));
    assert.equal(nextTile(rows, below, 'ArrowUp'), 0);
  });
});
