import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportToCsv, reportToJson, reportToText } from '../../src/cli/duplicates-output.ts';
import type { CatalogPicture, PictureFile } from '../../src/domain/picture-catalog.ts';
import {
  type DuplicateGroup,
  describeClass,
  describeIdentical,
  describeSimilar,
} from '../../src/duplicates/duplicate-group.ts';
import type { DuplicateReport } from '../../src/duplicates/find-duplicates.ts';

function picture(id: number, imageDataHash: string | null, ...files: readonly PictureFile[]): CatalogPicture {
  return {
    ...{ id, contentHash: `hash ${id}`, sizeBytes: 1_000, format: 'jpeg', width: 20, height: 10 },
    ...{ pages: 1, bitDepth: 8, imageDataHash, takenAt: null, camera: null, latitude: null, longitude: null },
    files,
    fileCount: files.length,
  };
}

const at = (path: string, identity: string | null = null): PictureFile => ({ path, identity });

function report(groups: readonly DuplicateGroup[], rest: Partial<DuplicateReport> = {}): DuplicateReport {
  const unknownPixels = { unreachable: 0, unfinished: 0, incomparable: 0 };
  return {
    ...{ minSimilarity: null, groups, pairs: [], oneFileNames: 0, unknownPixels, undescribedFiles: 0 },
    ...rest,
  };
}

function textOf(...args: Parameters<typeof reportToText>): string[] {
  return [...reportToText(...args)].join('').split('\n');
}

const NONE_ABSENT: ReadonlySet<string> = new Set();

describe('a duplicate report in words', () => {
  it('says what is equal, and when only metadata differs', () => {
    const data = describeClass([picture(1, 'd', at('/a')), picture(2, 'd', at('/b'))]);
    const pixels = describeClass([
      picture(3, 'e', at('/c')),
      picture(4, 'e', at('/d')),
      picture(5, null, at('/e')),
    ]);
    const lines = textOf(report([data, pixels]), new Set(['/b']));
    assert.deepEqual(lines, [
      'Group 1: the same image data (only metadata differs)',
      '  /a  (20 x 10, 1.0 kB)',
      '  /b  (20 x 10, 1.0 kB, away)',
      '',
      'Group 2: the same pixels',
      '  /c  (20 x 10, 1.0 kB)',
      '  /d  (20 x 10, 1.0 kB)',
      '  /e  (20 x 10, 1.0 kB)',
      '',
      '2 groups, 5 files, 0 pairs.',
      '1 file marked as away: not there at the moment (a drive that is not mounted, or deleted since). Do not take such a file for the copy that stays.',
      '',
    ]);
    assert.deepEqual(pixels.weakest, { a: 3, b: 5, similarity: 1 });
  });

  it('says what is certain within a group that is only similar', () => {
    const pictures = [
      picture(1, null, at('/a')),
      picture(2, null, at('/b')),
      picture(3, null, at('/c'), at('/d')),
    ];
    const group = describeSimilar(pictures, { a: 1, b: 3, similarity: 0.97 });
    const pairs = [
      { a: 1, b: 2, similarity: 1, relation: 'same-pixels' as const },
      { a: 1, b: 3, similarity: 0.97, relation: 'similar' as const },
    ];
    const made = report([group], { pairs });
    assert.deepEqual(textOf(made, NONE_ABSENT).slice(0, 5), [
      'Group 1: similar, least 0.9700',
      '  /a  (20 x 10, 1.0 kB)',
      '  /b  (20 x 10, 1.0 kB, the same pixels as /a)',
      '  /c  (20 x 10, 1.0 kB)',
      '  /d  (same bytes)',
    ]);
    const rows = [...reportToCsv(made, NONE_ABSENT)].map((row) => row.split(',').slice(3, 6));
    assert.deepEqual(rows, [
      ['picture', 'equals_picture', 'equals_by'],
      ['1', '', ''],
      ['2', '1', 'same-pixels'],
      ['3', '', ''],
      ['3', '3', 'identical'],
    ]);
  });

  it('tells names of one file from copies', () => {
    const group = describeIdentical(
      picture(1, null, at('/a', 'x'), at('/b', 'x'), at('/c', 'y'), at('/d'), at('/e', 'x')),
    );
    assert.ok(group);
    assert.deepEqual(textOf(report([group]), NONE_ABSENT).slice(1, 6), [
      '  /a  (20 x 10, 1.0 kB)',
      '  /b  (the same file as /a)',
      '  /c  (same bytes)',
      '  /d  (same bytes)',
      '  /e  (the same file as /a)',
    ]);
    const rows = [...reportToCsv(report([group]), NONE_ABSENT)].slice(1).map((row) => row.split(',')[10]);
    assert.deepEqual(rows, ['1', '1', '', '', '1']);
  });

  it('says of whose pixels nobody knows, and what was not compared', () => {
    const unknownPixels = { unreachable: 2, unfinished: 1, incomparable: 3 };
    const lines = textOf(report([], { unknownPixels, undescribedFiles: 4, oneFileNames: 5 }), NONE_ABSENT);
    assert.equal(lines[0], 'No duplicates found.');
    assert.match(lines[1] ?? '', /^5 pictures left out/);
    assert.match(lines[2] ?? '', /^Of 2 pictures it is not known .* mount the drive/);
    assert.match(lines[3] ?? '', /^Of 1 picture it is not known .* ask again/);
    assert.match(lines[4] ?? '', /^Of 3 pictures it is not known .* drawing/);
    assert.match(lines[5] ?? '', /^4 files not compared/);
    assert.deepEqual(textOf(report([]), NONE_ABSENT), ['No duplicates found.', '']);
  });

  it('is made while it is printed: no piece is as long as the report', () => {
    const files = Array.from({ length: 20_000 }, (_, n) => at(`/pictures/${n}.jpg`, `inode ${n >> 1}`));
    const group = describeIdentical(picture(1, null, ...files));
    assert.ok(group);
    for (const print of [reportToJson, reportToCsv, reportToText]) {
      let [longest, length] = [0, 0];
      for (const piece of print(report([group]), NONE_ABSENT)) {
        longest = Math.max(longest, piece.length);
        length += piece.length;
      }
      assert.ok(length > 400_000 && longest < 1_000, `${print.name}: ${longest} of ${length}`);
    }
  });
});
