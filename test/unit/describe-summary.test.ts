import assert from 'node:assert/strict';
import { it } from 'node:test';
import { describeSummary } from '../../src/cli/describe-summary.ts';
import { EMPTY_SUMMARY } from '../support/held-index.ts';

it('says of every file what became of it, in numbers that add up', () => {
  const lines = describeSummary({
    ...EMPTY_SUMMARY,
    ...{ found: 1_500, indexed: 900, unchanged: 40, moved: 76, failed: 3, stillFailed: 1 },
    ...{ unsupported: 68, unsupportedEndings: { '.cr2': 60, '.psd': 8 } },
    ...{ others: 412, otherEndings: { '.xmp': 300, '.mov': 90, '': 22 } },
    moves: [
      { from: '/a', to: '/b', files: 70 },
      { from: '/b/x', to: '/b/x', files: 4 },
    ],
    ...{ embedded: 890, elapsedMs: 89_000 },
  });
  assert.deepEqual(lines, [
    'Found 1,500 files: 900 indexed, 40 unchanged, 76 moved, 68 in formats that Eidetic does not read, 412 other files, 3 failed, 1 failed before and unchanged.',
    'Embedded 890 pictures in 1 min 29 s (10.0/s).',
    'Moved from /a to /b: 70 files.',
    'Renamed in /b/x: 4 files.',
    'Moved between other folders: 2 files.',
    'Pictures in formats that Eidetic does not read: 60 .cr2, 8 .psd; "eidetic failures" lists them.',
    'Other files, which are no pictures: 300 .xmp, 90 .mov, 22 without an ending; "eidetic failures --others" lists them.',
    '"eidetic failures" lists what failed and why.',
  ]);
});

it('names the most frequent endings and counts the rest', () => {
  const otherEndings = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`.e${i}`, 20 - i]));
  const lines = describeSummary({ ...EMPTY_SUMMARY, found: 200, others: 200, otherEndings });
  assert.match(lines.join('\n'), /20 \.e0, .*, 13 \.e7, 68 with other endings; "eidetic/);
});

it('says nothing of what did not happen', () => {
  const lines = describeSummary({ ...EMPTY_SUMMARY, found: 5, unchanged: 5, elapsedMs: 40 });
  assert.deepEqual(lines, [
    'Found 5 files: 0 indexed, 5 unchanged, 0 failed.',
    'No picture had to be embedded; it took 40 ms.',
  ]);
});
