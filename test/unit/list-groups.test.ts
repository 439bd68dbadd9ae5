import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listGroups } from '../../src/duplicates/list-groups.ts';
import type { WeighedGroup } from '../../src/duplicates/weigh-report.ts';
import { reportedPicture } from '../support/reported-picture.ts';

describe('groups of a report, page by page', () => {
  const group = (id: number, relation: WeighedGroup['relation'] = 'identical'): WeighedGroup => ({
    relation,
    pictures: [reportedPicture(id + 100, [`/${id}/x`]), reportedPicture(id, [`/${id}`])],
    ...{ weakest: null, oneFile: [], decision: null, fileCount: 2, sizeBytes: 2, freeableBytes: 1 },
  });
  const idsOf = (groups: readonly WeighedGroup[]) => groups.map(({ pictures }) => pictures[1]?.id);
  const all = [group(5), group(3), group(9, 'same-pixels'), group(1, 'same-pixels')];

  it('go on behind the last one shown, until there are no more', () => {
    const first = listGroups(all, null, undefined);
    assert.deepEqual(idsOf(first.rest), [5, 3, 9, 1]);
    const second = listGroups(all, null, first.cursorBehind(2) ?? '');
    assert.deepEqual(idsOf(second.rest), [9, 1]);
    assert.equal(second.cursorBehind(2), null);
    assert.equal(listGroups([], null, undefined).cursorBehind(0), null);
  });

  it('are those of one relation', () => {
    const first = listGroups(all, 'same-pixels', undefined);
    assert.deepEqual(idsOf(first.rest), [9, 1]);
    assert.deepEqual(idsOf(listGroups(all, 'same-pixels', first.cursorBehind(1) ?? '').rest), [1]);
  });

  it('go on behind the same one when a new look has put them in another order, or it has gone', () => {
    const cursor = listGroups(all, null, undefined).cursorBehind(2) ?? '';
    assert.deepEqual(idsOf(listGroups([group(3), group(9), group(5)], null, cursor).rest), [9, 5]);
    assert.deepEqual(idsOf(listGroups([group(5), group(9), group(1)], null, cursor).rest), [9, 1]);
  });

  it('refuse a cursor that is none', () => {
    assert.throws(() => listGroups(all, null, 'zzz'), /INVALID_INPUT|not one of this server/);
  });
});
