import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportToCsv } from '../../src/cli/duplicates-csv.ts';
import { reportToJson } from '../../src/cli/duplicates-json.ts';
import { reportToText } from '../../src/cli/duplicates-text.ts';
import type { CatalogPicture } from '../../src/domain/picture-catalog.ts';
import {
  type DuplicateGroup,
  describeClass,
  describeIdentical,
  describeRelated,
} from '../../src/duplicates/duplicate-group.ts';
import type { DuplicateReport } from '../../src/duplicates/find-duplicates.ts';
import type { PathLook } from '../../src/duplicates/path-look.ts';
import { WHOLE_LIBRARY } from '../../src/duplicates/report-question.ts';
import { pathsInReport, weighReport } from '../../src/duplicates/weigh-report.ts';
import { NONE_ASKED, reportedPicture } from '../support/reported-picture.ts';

type Looks = Readonly<Record<string, PathLook>>;

/** What every report of these tests says of its similarities. */
const MEANING = { space: 'copy', bounds: { likely: 0.87, unlikely: 0.75 } };

/** A report with what was found at its paths: where nothing is said, a file of its own. */
function made(groups: readonly DuplicateGroup[], rest: Partial<DuplicateReport> = {}, looks: Looks = {}) {
  const unknownPixels = { unreachable: 0, unfinished: 0, incomparable: 0 };
  const report: DuplicateReport = {
    ...{ minSimilarity: null, copies: null, groups, pairs: [], ungrouped: [], oneFileOnly: [] },
    ...{
      unknownPixels,
      undescribedFiles: 0,
      decidedGroups: 0,
      decidedPairs: 0,
      question: WHOLE_LIBRARY,
      counts: NONE_ASKED,
      bridges: [],
    },
    ...rest,
  };
  const found = new Map(pathsInReport(report).map((path) => [path, looks[path] ?? there(path)]));
  return [weighReport(report, found), found, MEANING] as const;
}

function there(identity: string, links = 1): PathLook {
  return { kind: 'there', identity, sizeBytes: 1_000, links, isLink: false, isUpload: false };
}

function linesOf(...args: Parameters<typeof made>): string[] {
  return [...reportToText(...made(...args))].join('').split('\n');
}

function rowsOf(...args: Parameters<typeof made>): string[][] {
  const [report, found] = made(...args);
  return [...reportToCsv(report, found)].map((row) => row.replace('\r\n', '').split(','));
}

/** Its fields by their names. */
function fieldsOf(rows: readonly string[][], ...names: readonly string[]): string[][] {
  const [header = [], ...others] = rows;
  return others.map((row) => names.map((name) => row[header.indexOf(name)] ?? 'no such field'));
}

const same = (a: number, b: number) => ({
  a,
  b,
  similarity: 1,
  relation: 'same-pixels' as const,
  certainty: 1,
});

describe('a duplicate report in words', () => {
  it('says what is equal, when only metadata differs, and what could be freed', () => {
    const data = describeClass([
      reportedPicture(1, ['/a'], null, 'd'),
      reportedPicture(2, ['/b'], null, 'd'),
      reportedPicture(6, ['/f'], null, 'd'),
    ]);
    const pixels = describeClass([
      reportedPicture(3, ['/c'], null, 'e'),
      reportedPicture(4, ['/d'], null, 'e'),
      reportedPicture(5, ['/e']),
    ]);
    const data12 = { ...same(1, 2), relation: 'same-image-data' as const };
    const pairs = [data12, { ...data12, b: 6 }, { ...data12, a: 3, b: 4 }, same(3, 5)];
    assert.deepEqual(linesOf([pixels, data], { pairs }, { '/b': { kind: 'away' } }), [
      'Group 1: the same image data (only metadata differs) (2 files, 2.0 kB, of which 1.0 kB could be freed)',
      '  /a  (20 x 10, 1.0 kB)',
      '  /f  (20 x 10, 1.0 kB)',
      '  /b  (away)',
      '',
      'Group 2: the same pixels (3 files, 3.0 kB, of which 2.0 kB could be freed)',
      '  /c  (20 x 10, 1.0 kB)',
      '  /d  (20 x 10, 1.0 kB, the same image data (only metadata differs) as /c)',
      '  /e  (20 x 10, 1.0 kB)',
      '',
      '2 groups, 5 files, 3 pairs. Keeping the largest file of those that are equal could free 3.0 kB.',
      '1 file marked as away: not there at the moment (a drive that is not mounted, or moved or deleted since). Do not take such a file for the copy that stays.',
      '',
    ]);
    assert.deepEqual(pixels.weakest, { a: 3, b: 5, similarity: 1 });
  });

  it('says what is certain within a group that is only similar, in the row of the file that it is said of', () => {
    const pictures = [
      reportedPicture(1, ['/a']),
      reportedPicture(2, ['/b']),
      reportedPicture(3, ['/c', '/d', '/gone']),
    ];
    const group = describeRelated('similar', pictures, { a: 1, b: 3, similarity: 0.97 });
    const pairs = [
      same(1, 2),
      { a: 1, b: 3, similarity: 0.97, relation: 'similar' as const, certainty: null },
    ];
    const looks: Looks = { '/gone': { kind: 'changed' } };
    assert.deepEqual(linesOf([group], { pairs }, looks).slice(0, 6), [
      'Group 1: similar, least 0.9700 (4 files, 4.0 kB, of which 2.0 kB could be freed)',
      '  /a  (20 x 10, 1.0 kB)',
      '  /b  (20 x 10, 1.0 kB, the same pixels as /a)',
      '  /c  (20 x 10, 1.0 kB)',
      '  /d  (same bytes)',
      '  /gone  (changed since it was indexed)',
    ]);
    const fields = ['picture', 'equals_picture', 'equals_by', 'equals_path', 'away', 'path'];
    assert.deepEqual(fieldsOf(rowsOf([group], { pairs }, looks), ...fields), [
      ['1', '', '', '', '', '/a'],
      ['2', '1', 'same-pixels', '/a', '', '/b'],
      ['3', '', '', '', '', '/c'],
      ['3', '3', 'identical', '/c', '', '/d'],
      ['3', '', '', '', 'changed', '/gone'],
    ]);
  });

  it('names both files of every pair, also of pairs that are in no group together', () => {
    const pictures = [reportedPicture(1, ['/a']), reportedPicture(2, ['/b'])];
    const group = describeRelated('similar', pictures, { a: 1, b: 2, similarity: 0.97 });
    const similar = (a: number, b: number, similarity: number) => ({
      ...{ a, b, similarity },
      relation: 'similar' as const,
      certainty: null,
    });
    const rest = {
      pairs: [similar(1, 2, 0.97), similar(2, 3, 0.910_078)],
      ungrouped: [reportedPicture(3, ['/c'])],
    };
    assert.deepEqual(linesOf([group], rest).slice(4, 9), [
      'Pairs that are in no group together:',
      '  /b',
      '  /c  (similar, 0.9100)', // rounded down: as a least similarity it finds this pair again
      '',
      '1 group, 2 files, 2 pairs. Keeping the largest file of those that are equal could free 0 B.',
    ]);
    const { pairs } = JSON.parse([...reportToJson(...made([group], rest))].join('')) as {
      pairs: Array<{ paths: string[] }>;
    };
    assert.deepEqual(
      pairs.map(({ paths }) => paths),
      [
        ['/a', '/b'],
        ['/b', '/c'],
      ],
    );
  });

  it('names a bridge, and what it would chain, with its pair', () => {
    const pictures = [1, 2, 3, 4].map((id) => reportedPicture(id, [`/${id}`]));
    const [one, two, three, four] = pictures as [
      CatalogPicture,
      CatalogPicture,
      CatalogPicture,
      CatalogPicture,
    ];
    const copy = (a: number, b: number, similarity: number) => ({
      ...{ a, b, similarity, certainty: 0.99 },
      relation: 'copy' as const,
    });
    const { certainty: _, ...told } = copy(2, 3, 0.9);
    const groups = [
      describeRelated('copy', [one, two], copy(1, 2, 0.97)),
      describeRelated('copy', [three, four], copy(3, 4, 0.96)),
    ];
    const bridge = (unlike: { a: number; b: number }) => ({
      pairs: [copy(1, 2, 0.97), copy(3, 4, 0.96), copy(2, 3, 0.9)],
      bridges: [{ a: 2, b: 3, similarity: 0.9, unlike }],
    });
    const words = (unlike: { a: number; b: number }, looks: Looks = {}) =>
      linesOf(groups, bridge(unlike), looks).find((line) => line.includes('a bridge:'));
    assert.equal(
      words({ a: 2, b: 4 }),
      '    a bridge: /2 was not found to be related to /4, which is in a group with /3',
    );
    assert.equal(
      words({ a: 1, b: 3 }),
      '    a bridge: /3 was not found to be related to /1, which is in a group with /2',
    );
    assert.equal(
      words({ a: 1, b: 4 }),
      '    a bridge: /1, which is in a group with /2, was not found to be related to /4, which is in a group with /3',
    );
    assert.equal(
      words({ a: 2, b: 4 }, { '/4': { kind: 'away' } }),
      undefined,
      'nobody sees what it would chain',
    );
    const { bridges } = JSON.parse([...reportToJson(...made(groups, bridge({ a: 2, b: 4 })))].join(''));
    assert.deepEqual(bridges, [
      { ...told, paths: ['/2', '/3'], unlike: { a: 2, b: 4, paths: ['/2', '/4'] } },
    ]);
    const columns = ['group', 'pair', 'relation', 'path', 'pair_path', 'equals_path', 'bridge', 'size_bytes'];
    assert.deepEqual(fieldsOf(rowsOf(groups, bridge({ a: 2, b: 4 })), ...columns).slice(4), [
      ['', '1', 'copy', '/2', '/3', '', '/2', '1000'],
      ['', '1', 'copy', '/3', '/2', '', '/4', '1000'],
    ]);
  });

  it('has what may be a copy, and other shots, in every form, and says which could not be told', () => {
    const pictures = [1, 2, 3].map((id) => reportedPicture(id, [`/${id}`]));
    const pairs = [
      { a: 1, b: 2, similarity: 0.9, relation: 'unsure' as const, certainty: 0.4 },
      { a: 1, b: 3, similarity: 0.8, relation: 'burst' as const, certainty: null },
    ];
    const rest = { pairs, ungrouped: pictures };
    assert.deepEqual(
      fieldsOf(rowsOf([], rest), 'pair', 'relation', 'weakest_similarity', 'picture', 'path'),
      [
        ['1', 'burst', '0.8', '1', '/1'],
        ['1', 'burst', '0.8', '3', '/3'],
        ['2', 'unsure', '0.9', '1', '/1'],
        ['2', 'unsure', '0.9', '2', '/2'],
      ],
    );
    const away: Looks = { '/2': { kind: 'away' } };
    assert.equal(fieldsOf(rowsOf([], rest, away), 'pair').length, 2);
    assert.match(linesOf([], rest, away).join('\n'), /^1 pair of no group left out: .*mount the drive/m);
  });

  it('tells names of one file from copies', () => {
    const picture = reportedPicture(1, ['/a', '/b', '/c', '/d', '/e']);
    const group = describeIdentical(picture);
    assert.ok(group);
    const looks = { '/a': there('x', 3), '/b': there('x', 3), '/e': there('x', 3) };
    assert.deepEqual(linesOf([group], {}, looks).slice(0, 6), [
      'Group 1: the same bytes (3 files, 3.0 kB, of which 2.0 kB could be freed)',
      '  /a  (20 x 10, 1.0 kB)',
      '  /b  (the same file as /a)',
      '  /c  (same bytes)',
      '  /d  (same bytes)',
      '  /e  (the same file as /a)',
    ]);
    const sets = fieldsOf(rowsOf([group], {}, looks), 'names_of_one_file', 'group_freeable_bytes');
    assert.deepEqual(sets, [
      ['1', '2000'],
      ['1', '2000'],
      ['', '2000'],
      ['', '2000'],
      ['1', '2000'],
    ]);
  });

  it('shows names so that a terminal does nothing, and gives them as they are to programs', () => {
    const bad = '/\u001b[2J\u202egnp\n1,"x".jpg';
    const group = describeIdentical(reportedPicture(1, ['/a.jpg', bad]));
    assert.ok(group);
    const text = linesOf([group]).join('\n');
    assert.match(text, /\/\\u001b\[2J\\u202egnp\\n1,"x"\.jpg {2}\(same bytes\)/);
    const [report, found] = made([group]);
    const csv = [...reportToCsv(report, found)].join('');
    assert.ok(csv.includes(`"${bad.replaceAll('"', '""')}"`));
    const json = JSON.parse([...reportToJson(...made([group]))].join('')) as {
      groups: Array<{ pictures: Array<{ files: string[] }> }>;
    };
    assert.deepEqual(json.groups[0]?.pictures[0]?.files, ['/a.jpg', bad]);
  });

  it('says of whose pixels nobody knows, what was not compared, and what was left out', () => {
    const unknownPixels = { unreachable: 2, unfinished: 1, incomparable: 3 };
    const oneFileOnly = [reportedPicture(7, ['/x', '/y'], 'inode')];
    const gone = describeIdentical(reportedPicture(8, ['/here', '/gone']));
    assert.ok(gone);
    const lines = linesOf(
      [gone],
      { unknownPixels, undescribedFiles: 4, oneFileOnly },
      { '/x': there('i', 2), '/y': there('i', 2), '/gone': { kind: 'away' } },
    );
    assert.equal(
      lines[0],
      'No duplicates found among the files that are there; others were left out, see below.',
    );
    assert.match(lines[1] ?? '', /^1 group left out: no more than one file of each is there/);
    assert.match(lines[2] ?? '', /^1 picture left out: .*hard links/);
    assert.match(lines[3] ?? '', /^Of 2 pictures it is not known .* mount the drive/);
    assert.match(lines[4] ?? '', /^Of 1 picture it is not known .* ask again/);
    assert.match(lines[5] ?? '', /^Of 3 pictures it is not known .* drawing/);
    assert.match(lines[6] ?? '', /^4 files not compared/);
    assert.deepEqual(linesOf([]), ['No duplicates found.', '']);
  });

  it('says which space its similarities are of, and what they mean, when it tells any', () => {
    const group = describeRelated('similar', [reportedPicture(1, ['/a']), reportedPicture(2, ['/b'])], {
      ...{ a: 1, b: 2, similarity: 0.9 },
    });
    const printed = made([group], { minSimilarity: 0.8 });
    assert.match(
      [...reportToText(...printed)].join(''),
      /\nSimilarities are of the space "copy"\. Look before you act: /,
    );
    const [report, found] = printed;
    const unmeasured = [...reportToText(report, found, { space: 'similar', bounds: null })].join('');
    assert.match(unmeasured, /\nSimilarities are of the space "similar"\. Look/);
    assert.doesNotMatch(linesOf([group]).join('\n'), /space/);
    const { space, bounds } = JSON.parse([...reportToJson(...printed)].join('')) as typeof MEANING;
    assert.deepEqual({ space, bounds }, MEANING);
  });

  it('is made while it is printed: no piece is as long as the report', () => {
    const paths = Array.from({ length: 20_000 }, (_, n) => `/pictures/${n}.jpg`);
    const looks = Object.fromEntries(paths.map((path, n) => [path, there(`${n >> 1}`, 2)]));
    const group = describeIdentical(reportedPicture(1, paths));
    assert.ok(group);
    const printed = made([group], {}, looks);
    for (const print of [reportToJson, reportToCsv, reportToText]) {
      let [longest, length] = [0, 0];
      for (const piece of print(...printed)) {
        longest = Math.max(longest, piece.length);
        length += piece.length;
      }
      assert.ok(length > 400_000 && longest < 1_000, `${print.name}: ${longest} of ${length}`);
    }
  });
});

describe("the library's own copy of an upload", () => {
  const group = describeIdentical(reportedPicture(1, ['/lib/uploads/1.jpg', '/photos/1.jpg']));
  assert.ok(group);
  const upload: PathLook = {
    kind: 'there',
    identity: 'u',
    sizeBytes: 1_000,
    links: 1,
    isLink: false,
    isUpload: true,
  };
  const looks = { '/lib/uploads/1.jpg': upload };

  it('is said to be one, behind the file that it is a copy of, in every form', () => {
    assert.deepEqual(linesOf([group], {}, looks).slice(1, 3), [
      '  /photos/1.jpg  (20 x 10, 1.0 kB)',
      "  /lib/uploads/1.jpg  (same bytes, the library's own copy of an upload)",
    ]);
    assert.deepEqual(fieldsOf(rowsOf([group], {}, looks), 'path', 'equals_path', 'upload'), [
      ['/photos/1.jpg', '', ''],
      ['/lib/uploads/1.jpg', '/photos/1.jpg', 'upload'],
    ]);
    const { groups } = JSON.parse([...reportToJson(...made([group], {}, looks))].join('')) as {
      groups: Array<{ uploads: string[] }>;
    };
    assert.deepEqual(groups[0]?.uploads, ['/lib/uploads/1.jpg']);
  });
});
