import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CatalogPicture } from '../../src/domain/picture-catalog.ts';
import {
  type DuplicateGroup,
  describeClass,
  describeIdentical,
  describeRelated,
} from '../../src/duplicates/duplicate-group.ts';
import type { DuplicatePair, DuplicateReport } from '../../src/duplicates/find-duplicates.ts';
import type { PathLook, PathLooks, ThereFile } from '../../src/duplicates/path-look.ts';
import { WHOLE_LIBRARY } from '../../src/duplicates/report-question.ts';
import { pathsInReport, weighReport } from '../../src/duplicates/weigh-report.ts';
import { NONE_ASKED, reportedPicture } from '../support/reported-picture.ts';

const there = (identity: string, sizeBytes = 1_000, rest: Partial<ThereFile> = {}): PathLook => ({
  ...{ kind: 'there', identity, sizeBytes, links: 1, isLink: false, isUpload: false },
  ...rest,
});
const AWAY: PathLook = { kind: 'away' };
const CHANGED: PathLook = { kind: 'changed' };

function report(
  groups: readonly DuplicateGroup[],
  pairs: readonly DuplicatePair[] = [],
  rest: Partial<DuplicateReport> = {},
): DuplicateReport {
  const unknownPixels = { unreachable: 0, unfinished: 0, incomparable: 0 };
  return {
    ...{ minSimilarity: null, copies: null, groups, pairs, ungrouped: [], oneFileOnly: [], unknownPixels },
    ...{
      undescribedFiles: 0,
      decidedGroups: 0,
      decidedPairs: 0,
      question: WHOLE_LIBRARY,
      counts: NONE_ASKED,
      bridges: [],
    },
    ...rest,
  };
}

function identical(picture: CatalogPicture): DuplicateGroup {
  const group = describeIdentical(picture);
  assert.ok(group);
  return group;
}

const looksAt = (looks: Readonly<Record<string, PathLook>>): PathLooks => new Map(Object.entries(looks));
const equal = (a: number, b: number): DuplicatePair => ({
  a,
  b,
  similarity: 1,
  relation: 'same-pixels',
  certainty: 1,
});
const similar = (a: number, b: number, similarity: number): DuplicatePair => ({
  ...{ a, b, similarity },
  relation: 'similar',
  certainty: null,
});

describe('what copies free', () => {
  const freed = (
    looks: Readonly<Record<string, PathLook>>,
    pictures = [reportedPicture(1, Object.keys(looks))],
  ) => {
    const made =
      pictures.length === 1
        ? report(pictures.map(identical))
        : report([describeClass(pictures)], [equal(1, 2)]);
    return weighReport(made, looksAt(looks)).freeableBytes;
  };

  it('is all but one of equal files', () => {
    assert.equal(freed({ '/a': there('1'), '/b': there('2'), '/c': there('3') }), 2_000);
  });

  it('is nothing of hard links, and of a file with several names its bytes once', () => {
    assert.equal(freed({ '/a': there('1', 1_000, { links: 2 }), '/b': there('1', 1_000, { links: 2 }) }), 0);
    const linked = there('2', 1_000, { links: 2 });
    assert.equal(freed({ '/a': there('1'), '/b': linked, '/c': linked }), 1_000);
  });

  it('is nothing of a file that has a hard link elsewhere', () => {
    const looks = { '/a': there('1', 1_000, { links: 2 }), '/b': there('2', 1_000, { links: 2 }) };
    assert.equal(freed(looks), 0);
    assert.equal(freed({ ...looks, '/c': there('3') }), 1_000);
  });

  it('is nothing of a symbolic link, to a file of the group or to another', () => {
    const linkTo = (identity: string) => there(identity, 1_000, { isLink: true });
    assert.equal(freed({ '/a': there('1'), '/link': linkTo('1') }), 0);
    assert.equal(freed({ '/link 1': linkTo('1'), '/link 2': linkTo('2') }), 0);
    assert.equal(freed({ '/a': there('1'), '/link': linkTo('2') }), 1_000, 'the file that is no link');
  });

  it('is told for the largest file being kept, of pictures of equal pixels', () => {
    const pictures = [reportedPicture(1, ['/small']), reportedPicture(2, ['/large'])];
    assert.equal(freed({ '/small': there('1', 300), '/large': there('2', 5_000) }, pictures), 300);
  });

  it('is nothing of what is only similar', () => {
    const pictures = [reportedPicture(1, ['/a']), reportedPicture(2, ['/b', '/b2'])];
    const group = describeRelated('similar', pictures, { a: 1, b: 2, similarity: 0.9 });
    const looks = looksAt({ '/a': there('1', 10), '/b': there('2', 500), '/b2': there('3', 500) });
    const { groups } = weighReport(report([group], [similar(1, 2, 0.9)]), looks);
    assert.deepEqual(
      groups.map(({ freeableBytes, sizeBytes, fileCount }) => [freeableBytes, sizeBytes, fileCount]),
      [[500, 1_010, 3]],
    );
  });
});

describe('a reference', () => {
  const place = { name: '/ref', paths: ['/ref'] };
  const kept = (looks: Readonly<Record<string, PathLook>>) => {
    const made = report([identical(reportedPicture(1, Object.keys(looks)))], [], {
      question: { ...WHOLE_LIBRARY, reference: [place] },
    });
    const { groups, freeableBytes, oneFileNames } = weighReport(made, looksAt(looks));
    return [groups.length, freeableBytes, oneFileNames];
  };

  it('frees all that is equal elsewhere, by whatever name, and nothing that has a name in it', () => {
    assert.deepEqual(kept({ '/a': there('1'), '/b': there('2'), '/ref/c': there('3') }), [1, 2_000, 0]);
    const linked = there('1', 1_000, { links: 2 });
    assert.deepEqual(kept({ '/a': linked, '/ref/a': linked, '/b': there('2') }), [1, 1_000, 0]);
    assert.deepEqual(kept({ '/a': linked, '/ref/a': linked, '/ref/b': there('2') }), [0, 0, 1]);
  });

  it('keeps nothing by a symbolic link to a file elsewhere', () => {
    const link = there('1', 1_000, { isLink: true });
    assert.deepEqual(kept({ '/a': there('1'), '/b': there('2'), '/ref/link': link }), [1, 1_000, 0]);
    assert.deepEqual(kept({ '/a': there('1'), '/ref/b': there('2'), '/ref/link': link }), [1, 1_000, 0]);
  });

  it('is what stays, though what equals it elsewhere is larger', () => {
    const pictures = [reportedPicture(1, ['/ref/small']), reportedPicture(2, ['/large'])];
    const made = report([describeClass(pictures)], [equal(1, 2)], {
      question: { ...WHOLE_LIBRARY, reference: [place] },
    });
    const looks = looksAt({ '/ref/small': there('1', 300), '/large': there('2', 5_000) });
    assert.equal(weighReport(made, looks).freeableBytes, 5_000);
  });
});

describe('files that are not there', () => {
  it('make no group: a copy is not to be deleted for one that is gone or has changed', () => {
    for (const look of [AWAY, CHANGED]) {
      const made = report([identical(reportedPicture(1, ['/here', '/there']))]);
      const weighed = weighReport(made, looksAt({ '/here': there('1'), '/there': look }));
      assert.deepEqual([weighed.groups, weighed.goneGroups, weighed.freeableBytes], [[], 1, 0]);
    }
  });

  it('make no pair, and stand behind those that are there', () => {
    const pictures = [
      reportedPicture(1, ['/1']),
      reportedPicture(2, ['/2a', '/2b']),
      reportedPicture(3, ['/3']),
    ];
    const made = report([describeClass(pictures)], [equal(1, 2), equal(1, 3)]);
    const looks = looksAt({ '/1': AWAY, '/2a': CHANGED, '/2b': there('2'), '/3': there('3') });
    const { groups, pairs, freeableBytes } = weighReport(made, looks);
    assert.deepEqual(
      groups.map((group) => group.pictures.map(({ files }) => files.map(({ path }) => path))),
      [[['/2b', '/2a'], ['/3'], ['/1']]],
    );
    assert.deepEqual(pairs, [{ ...equal(2, 3), paths: ['/2b', '/3'], standIn: 2 }]);
    assert.equal(freeableBytes, 1_000);
  });

  it('take along what is similar to them alone, and leave their equals to stand for them', () => {
    const pictures = [1, 2, 3, 4].map((id) => reportedPicture(id, [`/${id}`]));
    const [first, second, third, alone] = pictures as [
      CatalogPicture,
      CatalogPicture,
      CatalogPicture,
      CatalogPicture,
    ];
    const group = describeRelated('similar', [first, second, third], { a: 1, b: 3, similarity: 0.9 });
    const pairs = [equal(1, 2), similar(1, 3, 0.9), similar(3, 4, 0.8)];
    const made = report([group], pairs, { ungrouped: [alone] });
    assert.deepEqual(pathsInReport(made), ['/1', '/2', '/3', '/4']);
    const looks = looksAt({ '/1': AWAY, '/2': there('2'), '/3': there('3'), '/4': there('4') });
    assert.deepEqual(weighReport(made, looks).pairs, [
      { ...similar(2, 3, 0.9), paths: ['/2', '/3'], standIn: null },
      { ...similar(3, 4, 0.8), paths: ['/3', '/4'], standIn: null },
    ]);
    const withoutThird = looksAt({ '/1': there('1'), '/2': there('2'), '/3': AWAY, '/4': there('4') });
    const weighed = weighReport(made, withoutThird);
    assert.deepEqual(weighed.pairs, [{ ...equal(1, 2), paths: ['/1', '/2'], standIn: 1 }]);
    assert.equal(weighed.groups[0]?.relation, 'same-pixels', 'what remains of it is more than similar');
  });

  it('leave no pair of no group unsaid, and none that went with its group', () => {
    const pictures = [1, 2, 3].map((id) => reportedPicture(id, [`/${id}`]));
    const [one, two, three] = pictures as [CatalogPicture, CatalogPicture, CatalogPicture];
    const group = describeRelated('similar', [one, two], { a: 1, b: 2, similarity: 0.9 });
    const made = report([group], [similar(1, 2, 0.9), similar(2, 3, 0.8)], { ungrouped: [three] });
    const looks = looksAt({ '/1': there('1'), '/2': AWAY, '/3': there('3') });
    const { goneGroups, gonePairs, pairs } = weighReport(made, looks);
    assert.deepEqual([goneGroups, gonePairs, pairs], [1, 1, []]);
  });

  it('turn a bridge around with its pair, where another picture stands for one that is away', () => {
    const pictures = [1, 2, 3, 9].map((id) => reportedPicture(id, [`/${id}`]));
    const [one, two, three, nine] = pictures as [
      CatalogPicture,
      CatalogPicture,
      CatalogPicture,
      CatalogPicture,
    ];
    const group = describeRelated('similar', [one, two, nine], { a: 1, b: 2, similarity: 0.9 });
    const made = report([group], [equal(2, 9), similar(1, 2, 0.9), similar(2, 3, 0.8)], {
      ungrouped: [three],
      bridges: [{ a: 2, b: 3, similarity: 0.8, unlike: { a: 1, b: 3 } }],
    });
    const looks = looksAt({ '/1': there('1'), '/2': AWAY, '/3': there('3'), '/9': there('9') });
    const { bridges } = weighReport(made, looks);
    assert.deepEqual(bridges, [
      {
        ...{ a: 3, b: 9, similarity: 0.8, relation: 'similar', paths: ['/3', '/9'] },
        unlike: { a: 3, b: 1, paths: ['/3', '/1'] },
      },
    ]);
  });

  it('do not make one file of two names: a folder that was moved is no hard link', () => {
    const oneFile = reportedPicture(1, ['/former', '/now'], 'disk 7');
    const made = report([], [], { oneFileOnly: [oneFile] });
    assert.equal(weighReport(made, looksAt({ '/former': AWAY, '/now': there('1') })).oneFileNames, 0);
    const linked = there('1', 1_000, { links: 2 });
    assert.equal(weighReport(made, looksAt({ '/former': linked, '/now': linked })).oneFileNames, 1);
  });

  it('are not asked whether names are of one file: that is seen', () => {
    const made = report([identical(reportedPicture(1, ['/a', '/b']))]);
    const linked = there('1', 1_000, { links: 2 });
    const { groups, oneFileNames, goneGroups } = weighReport(made, looksAt({ '/a': linked, '/b': linked }));
    assert.deepEqual([groups, oneFileNames, goneGroups], [[], 1, 0]);
  });
});

it('sorts copies by how certain they are, in steps, and then by what they free', () => {
  const group = (id: number, certainty: number) =>
    describeRelated(
      'copy',
      [id, id + 1].map((one) => reportedPicture(one, [`/${one}`, `/${one} again`])),
      { a: id, b: id + 1, similarity: 0.9, certainty },
    );
  const sizes: Record<number, number> = { 1: 10, 3: 20, 5: 1_000, 7: 30 };
  const groups = [group(1, 0.995), group(3, 0.999), group(5, 0.7), group(7, 0.95)];
  const looks = groups.flatMap(({ pictures }) =>
    pictures.flatMap(({ id, files }) =>
      files.map(({ path }) => [path, there(path, sizes[id] ?? sizes[id - 1] ?? 0)] as const),
    ),
  );
  const sorted = weighReport(report(groups), looksAt(Object.fromEntries(looks))).groups;
  assert.deepEqual(
    sorted.map(({ pictures }) => pictures[0]?.id),
    [3, 1, 7, 5],
  );
});

it('sorts groups by how certain they are, then by how similar, then by what they free', () => {
  const size: Record<string, number> = {};
  const file = (id: number, sizeBytes: number, ...paths: string[]) => {
    for (const path of paths) {
      size[path] = sizeBytes;
    }
    return reportedPicture(id, paths);
  };
  const groups = [
    describeRelated('similar', [file(1, 9_000, '/1'), file(2, 9_000, '/2')], { a: 1, b: 2, similarity: 0.9 }),
    describeRelated('similar', [file(3, 1, '/3'), file(4, 1, '/4')], { a: 3, b: 4, similarity: 0.95 }),
    describeClass([file(5, 7_000, '/5'), file(6, 7_000, '/6')]),
    identical(file(7, 10, '/7a', '/7b')),
    identical(file(8, 500, '/8a', '/8b')),
  ];
  const pairs = [similar(1, 2, 0.9), similar(3, 4, 0.95), equal(5, 6)];
  const looks = new Map(Object.keys(size).map((path) => [path, there(path, size[path] ?? 0)]));
  const weighed = weighReport(report(groups, pairs), looks);
  assert.deepEqual(
    weighed.groups.map((group) => group.pictures[0]?.id),
    [8, 7, 5, 3, 1],
  );
  assert.deepEqual(
    weighed.pairs.map(({ a, b }) => [a, b]),
    [
      [5, 6],
      [3, 4],
      [1, 2],
    ],
  );
  assert.equal(weighed.freeableBytes, 500 + 10 + 7_000);
});

describe('an upload', () => {
  const looks = looksAt({
    '/lib/uploads/1.jpg': there('1', 1_000, { isUpload: true }),
    '/photos/1.jpg': there('2'),
    '/photos/2.jpg': there('3'),
  });

  it('never stands for a file in a folder, by the same bytes', () => {
    const picture = reportedPicture(1, ['/lib/uploads/1.jpg', '/photos/1.jpg']);
    const [group] = weighReport(report([identical(picture)]), looks).groups;
    assert.deepEqual(
      group?.pictures[0]?.files.map(({ path }) => path),
      ['/photos/1.jpg', '/lib/uploads/1.jpg'],
    );
  });

  it('never stands for a file in a folder, by the same pixels, though it came first', () => {
    const pictures = [reportedPicture(1, ['/lib/uploads/1.jpg']), reportedPicture(2, ['/photos/2.jpg'])];
    const { groups, pairs } = weighReport(report([describeClass(pictures)], [equal(1, 2)]), looks);
    assert.deepEqual(
      groups[0]?.pictures.map(({ id }) => id),
      [2, 1],
    );
    assert.deepEqual(
      pairs.map(({ a, b, standIn }) => [a, b, standIn]),
      [[1, 2, 2]],
    );
  });
});
