import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Embedding } from '../../src/domain/embedding.ts';
import type { IndexedFile } from '../../src/domain/file-ledger.ts';
import type { PictureFacts } from '../../src/domain/picture.ts';
import type { PixelHasher } from '../../src/domain/pixel-hasher.ts';
import { sourceOf } from '../../src/domain/space.ts';
import type { CopyAnswer, CopyJudge } from '../../src/duplicates/copy-judge.ts';
import { type DuplicateReport, findDuplicates } from '../../src/duplicates/find-duplicates.ts';
import type { PathLook } from '../../src/duplicates/path-look.ts';
import { type ReportQuestion, WHOLE_LIBRARY } from '../../src/duplicates/report-question.ts';
import { pathsInReport, weighReport } from '../../src/duplicates/weigh-report.ts';
import { createExactIndex } from '../../src/vector-index/exact-index.ts';
import { nearbyEmbedding } from '../support/clustered-embeddings.ts';
import {
  contentHashOf,
  SEEDED_KEY,
  seededEmbedding,
  seededFile,
  seededStamp,
} from '../support/seeded-picture.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openVectorLibrary, type VectorLibrary } from '../support/vector-library.ts';

type Named = Partial<Record<keyof ReportQuestion, readonly string[]>>;

function questionOf(named: Named): ReportQuestion {
  const places = Object.entries(named).map(([name, paths]) => [
    name,
    paths.map((path) => ({ name: path, paths: [path] })),
  ]);
  return { ...WHOLE_LIBRARY, ...Object.fromEntries(places) };
}

/** The first path of each picture whose pixels were asked for. */
const hashed: string[] = [];

/** The same pixels have paths that are alike up to `=`. */
const HASHER: PixelHasher = {
  parallelism: 2,
  async hash([path = '']) {
    hashed.push(path);
    return { kind: 'hashed', pixelHash: contentHashOf(pixelsOf(path)) };
  },
  hashBytes: () => assert.fail('no bytes are at hand'),
  async close() {},
};

function pixelsOf(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  return name.includes('=') ? (name.split('=')[0] ?? '') : path;
}

/** A picture of its own, as near to all others of a seed as its spread is small. */
function pictureAt(path: string, seed: string, spread: number): IndexedFile {
  const file = seededFile(path, path);
  const unit: Embedding = nearbyEmbedding(seededRandom(1), seededEmbedding(seed), spread);
  const facts = { ...(file.described?.facts as PictureFacts), imageDataHash: null };
  return { ...file, described: { facts, descriptors: { [SEEDED_KEY]: { cls: { unit, norm: null } } } } };
}

/** The same bytes at another path. */
function againAt(path: string, { contentHash }: IndexedFile): IndexedFile {
  return { stamp: seededStamp(path), contentHash, described: null };
}

/** One for all: each test has a folder of its own, and asks about nothing else. */
const folder = temporaryFolder();
let library: VectorLibrary;

before(async () => {
  library = await openVectorLibrary(folder);
});
after(() => library.catalog.close());

async function commit(...files: readonly IndexedFile[]): Promise<void> {
  await library.catalog.files.commit({ files, failures: [], removed: [] });
}

async function reportOf(
  named: Named,
  minSimilarity: number | null,
  judge?: CopyJudge,
): Promise<DuplicateReport> {
  const { catalog, space } = library;
  const { files, pictures, descriptors } = catalog;
  const index = createExactIndex(space.dimensions);
  for await (const { upserted } of descriptors.changes(sourceOf(space), null)) {
    await index.upsert(upserted);
  }
  const parts = { files, pictures, descriptors, index, space, hasher: HASHER, keep: pictures.keepPixels };
  const question = questionOf(named);
  return findDuplicates({ ...parts, judge, question }, minSimilarity, () => {}, new AbortController().signal);
}

/** Pictures are copies whose first files have names that begin alike up to `~`, unless they are said to be something else. */
function judgeOf(asked: string[] = [], others: Readonly<Record<string, CopyAnswer['kind']>> = {}): CopyJudge {
  const nameOf = (path = '') => path.split('/').at(-1) ?? '';
  return {
    parallelism: 2,
    async judge(a, b) {
      const names = [nameOf(a.files[0]?.path), nameOf(b.files[0]?.path)].sort();
      const key = names.join(' ');
      asked.push(key);
      const areCopies = names[0]?.split('~')[0] === names[1]?.split('~')[0];
      return { kind: others[key] ?? (areCopies ? 'copy' : 'unrelated'), scored: null };
    },
    knownScore: async () => null,
    choose: () => ({
      leastScore: 3,
      leastHeldBack: null,
      called: 0,
      expectedWrong: 0,
      mostWrong: 2,
      certaintyOf: () => 1,
    }),
  };
}

function pathsOf({ groups }: Pick<DuplicateReport, 'groups'>) {
  return groups.map(({ relation, pictures }) => [
    relation,
    pictures.map(({ files }) => files.map(({ path }) => path)),
  ]);
}

/** A report as it is weighed, every file being there but those that are named. */
function weighed(report: DuplicateReport, away: readonly string[] = []) {
  const there = (path: string): PathLook => ({
    ...{ kind: 'there', identity: path, sizeBytes: 1_000, links: 1, isLink: false, isUpload: false },
  });
  const looks = new Map(
    pathsInReport(report).map((path) => [
      path,
      away.includes(path) ? { kind: 'away' as const } : there(path),
    ]),
  );
  return weighReport(report, looks);
}

describe('a report across folders', () => {
  it('tells what lies in two of them, by the files in them alone, and counts what it is about', async () => {
    const both = pictureAt('/1/in/both.jpg', 'x', 0);
    const twice = pictureAt('/1/in/twice.jpg', 'y', 0);
    const outside = pictureAt('/1/out/outside.jpg', 'z', 0);
    await commit(
      ...[both, againAt('/1/old/both.jpg', both), againAt('/1/out/both.jpg', both)],
      ...[twice, againAt('/1/in/twice again.jpg', twice), againAt('/1/out/twice.jpg', twice)],
      ...[outside, againAt('/1/out/again.jpg', outside)],
      ...['/1/in/unknown.jpg', '/1/out/unknown.jpg'].map((path) => seededFile(path, path, [])),
    );
    const report = await reportOf({ across: ['/1/in', '/1/old'] }, null);
    assert.deepEqual(pathsOf(report), [['identical', [['/1/in/both.jpg', '/1/old/both.jpg']]]]);
    assert.deepEqual(report.counts, { across: [3, 1], within: [], reference: [], others: 2 });
    assert.equal(report.undescribedFiles, 1);
    const within = await reportOf({ within: ['/1/in'] }, null);
    assert.deepEqual(pathsOf(within), [['identical', [['/1/in/twice again.jpg', '/1/in/twice.jpg']]]]);
  });

  it('tells equal pixels in two of them, and of one alone only where one in another equals them', async () => {
    const files = [
      '/2/in/a=1.jpg',
      '/2/in/a=2.jpg',
      '/2/old/a=3.jpg',
      '/2/old/b=1.jpg',
      '/2/old/b=2.jpg',
      '/2/out/a=4.jpg',
    ];
    await commit(...files.map((path) => pictureAt(path, path.split('=')[0]?.at(-1) ?? '', 0)));
    const across = async () => pathsOf(await reportOf({ across: ['/2/in', '/2/old'] }, null));
    const found = [['same-pixels', [['/2/in/a=1.jpg'], ['/2/in/a=2.jpg'], ['/2/old/a=3.jpg']]]];
    assert.deepEqual(await across(), found);
    assert.deepEqual(
      hashed.filter((path) => path.startsWith('/2/')).sort(),
      files.slice(0, 3),
      'nobody looks at others',
    );
    assert.equal((await reportOf({ within: ['/2'] }, null)).groups.length, 2);
    assert.deepEqual(await across(), found, 'also when it is known what is equal in one of them');
  });

  it('has pairs looked at between them alone, however many lie in one, and none elsewhere', async () => {
    const many = (folder: string, count: number) =>
      Array.from({ length: count }, (_, i) =>
        pictureAt(`${folder}/${folder.at(-1)}${i}~x.jpg`, 's', 0.001 * (i + 1)),
      );
    await commit(
      ...many('/3/old', 40),
      pictureAt('/3/in/d7~y.jpg', 's', 0.008),
      pictureAt('/3/in/new~y.jpg', 's', 0.02),
      ...many('/3/else', 20),
    );
    const asked: string[] = [];
    const report = await reportOf({ across: ['/3/in', '/3/old'] }, 0.5, judgeOf(asked));
    assert.deepEqual(pathsOf(report), [['copy', [['/3/old/d7~x.jpg'], ['/3/in/d7~y.jpg']]]]);
    assert.ok(
      asked.every((key) => key.includes('~y.jpg')),
      asked.join(', '),
    );
    assert.ok(asked.length <= 2 * 9, `${asked.length} pairs`);
    assert.equal(new Set(asked).size, asked.length, 'each once');
  });

  it('has groups of which every two are related, also two of one folder, and names bridges', async () => {
    const names = ['/4/in/a~1.jpg', '/4/in/a~2.jpg', '/4/in/a~3.jpg', '/4/old/a~4.jpg'];
    await commit(...names.map((path, i) => pictureAt(path, 's', 0.01 * i)));
    const across = { across: ['/4/in', '/4/old'] };
    const whole = await reportOf(across, 0.5, judgeOf());
    assert.deepEqual(pathsOf(whole), [['copy', names.map((name) => [name])]]);
    assert.equal(whole.pairs.length, 6);
    // The third is a copy of what lies in the other folder, and of none in its own.
    const unlike = { 'a~1.jpg a~3.jpg': 'unrelated', 'a~2.jpg a~3.jpg': 'unrelated' } as const;
    const report = await reportOf(across, 0.5, judgeOf([], unlike));
    const [{ pictures = [] } = {}, ...others] = report.groups;
    const last = Math.max(...report.pairs.map(({ b }) => b));
    assert.deepEqual(others, []);
    const left = names.find((name) => !pictures.some(({ files }) => files[0]?.path === name));
    assert.ok(left === '/4/in/a~3.jpg' || pictures.length === 2, 'no three that are not all related');
    assert.equal(report.bridges.length, 4 - pictures.length);
    for (const { a, b, unlike: ends } of report.bridges) {
      assert.ok(report.pairs.some((pair) => pair.a === a && pair.b === b));
      assert.ok(!report.pairs.some((pair) => pair.a === ends.a && pair.b === ends.b));
    }
    assert.ok(
      report.pairs.every(
        ({ a, b }) => b === last || pictures.filter(({ id }) => id === a || id === b).length === 2,
      ),
      'pairs of one folder are told in groups alone',
    );
  });

  it('has groups of what is similar likewise', async () => {
    const names = ['/9/in/1.jpg', '/9/in/2.jpg', '/9/old/3.jpg', '/9/in/far.jpg'];
    const spreads = [0, 0.01, 0.02, 5];
    await commit(...names.map((path, i) => pictureAt(path, 's', spreads[i] ?? 0)));
    const { groups, pairs } = await reportOf({ across: ['/9/in', '/9/old'] }, 0.9);
    assert.deepEqual(pathsOf({ groups }), [['similar', names.slice(0, 3).map((name) => [name])]]);
    assert.equal(pairs.length, 3);
  });

  it('makes no group of what is close in one folder and reaches the other by different pictures', async () => {
    await commit(
      ...[0, 1, 2].map((i) => pictureAt(`/5/in/a~${i}.jpg`, 's', 0.001 * i)),
      ...[0, 1, 2].map((i) => pictureAt(`/5/old/a~x${i}.jpg`, 's', 0.05 + 0.001 * i)),
    );
    const answers = Object.fromEntries(
      [0, 1, 2].flatMap((i) =>
        [0, 1, 2].map((x) => [`a~${i}.jpg a~x${x}.jpg`, i === x ? 'copy' : 'unrelated']),
      ),
    ) as Record<string, CopyAnswer['kind']>;
    const { groups } = await reportOf({ across: ['/5/in', '/5/old'] }, 0.5, judgeOf([], answers));
    assert.equal(groups.length, 3);
    for (const { pictures } of groups) {
      const folders = new Set(pictures.map(({ files }) => files[0]?.path.split('/')[2]));
      assert.deepEqual(folders, new Set(['in', 'old']));
    }
  });

  it('tells the similar pairs that the report of all tells between them, wherever pictures lie', async () => {
    let run = 0;
    const place = fc.constantFrom('/a', '/a/deep', '/b', '/out');
    const pictures = fc.array(
      fc.record({
        place,
        other: fc.option(place),
        seed: fc.integer({ min: 0, max: 2 }),
        spread: fc.integer({ min: 0, max: 20 }),
      }),
      { minLength: 2, maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(pictures, async (drawn) => {
        const at = `/6/${++run}`;
        const files = drawn.flatMap(({ place: folder, other, seed, spread }, i) => {
          const file = pictureAt(`${at}${folder}/${i}.jpg`, `seed ${seed}`, spread / 40);
          return other === null ? [file] : [file, againAt(`${at}${other}/${i} again.jpg`, file)];
        });
        await commit(...files);
        const all = await reportOf({}, 0.8);
        const { pictures: catalog } = library.catalog;
        const drawnIds = await catalog.matching({ pathPrefix: at }, 100);
        const sidesOf = new Map(
          (await catalog.pictures(drawnIds)).map(({ id, files: own }) => {
            const sides = own.map(({ path }) =>
              ['/a/deep/', '/a/', '/b/'].find((side) => path.startsWith(at + side)),
            );
            return [id, new Set(sides.filter((side) => side !== undefined))];
          }),
        );
        const isAcross = ({ a, b }: { a: number; b: number }) => {
          const [ofA, ofB] = [sidesOf.get(a) ?? new Set(), sidesOf.get(b) ?? new Set()];
          return ofA.size > 0 && ofB.size > 0 && new Set([...ofA, ...ofB]).size > 1;
        };
        const across = ['/a', '/a/deep', '/b'].map((side) => at + side);
        const report = await reportOf({ across }, 0.8);
        assert.deepEqual(report.pairs.filter(isAcross), all.pairs.filter(isAcross));
        const known = new Set(all.pairs.map(({ a, b }) => `${a} ${b}`));
        for (const { pictures: members } of report.groups) {
          const ids = members.map(({ id }) => id);
          assert.ok(ids.every((a, i) => ids.slice(i + 1).every((b) => known.has(`${a} ${b}`))));
          assert.ok(new Set(ids.flatMap((id) => [...(sidesOf.get(id) ?? [])])).size > 1);
        }
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  it('leaves out, and counts, what answers no more without the files that are away', async () => {
    const both = pictureAt('/7/in/both.jpg', 'x', 0);
    await commit(
      ...[both, againAt('/7/in/again.jpg', both), againAt('/7/old/both.jpg', both)],
      pictureAt('/7/in/a~1.jpg', 'y', 0),
      pictureAt('/7/old/a~2.jpg', 'y', 0.01),
    );
    const judge = judgeOf([], { 'a~1.jpg a~2.jpg': 'unsure' });
    const report = await reportOf({ across: ['/7/in', '/7/old'] }, 0.5, judge);
    const there = weighed(report);
    assert.deepEqual(
      [there.groups.length, there.pairs.length, there.goneGroups, there.gonePairs],
      [1, 1, 0, 0],
    );
    assert.deepEqual(there.pairs[0]?.paths, ['/7/in/a~1.jpg', '/7/old/a~2.jpg']);
    const without = weighed(report, ['/7/old/both.jpg', '/7/old/a~2.jpg']);
    assert.deepEqual([without.groups, without.pairs, without.goneGroups, without.gonePairs], [[], [], 1, 1]);
    assert.equal(without.freeableBytes, 0, 'nothing is freed for a copy that nobody sees');
  });

  it('names of each pair the files in two folders', async () => {
    const [one, other] = [pictureAt('/8/in/a~1.jpg', 's', 0), pictureAt('/8/old/a~2.jpg', 's', 0.01)];
    await commit(one, other, againAt('/8/in/0 a~2.jpg', other), pictureAt('/8/in/a~3.jpg', 's', 0.02));
    const judge = judgeOf([], {
      '0 a~2.jpg a~1.jpg': 'unsure',
      '0 a~2.jpg a~3.jpg': 'burst',
      'a~1.jpg a~3.jpg': 'unrelated',
    });
    const { pairs } = weighed(await reportOf({ across: ['/8/in', '/8/old'] }, 0.5, judge));
    assert.deepEqual(
      pairs.map(({ relation, paths }) => [relation, paths]),
      [
        ['burst', ['/8/old/a~2.jpg', '/8/in/a~3.jpg']],
        ['unsure', ['/8/in/a~1.jpg', '/8/old/a~2.jpg']],
      ],
    );
  });
});

describe('a report with a reference', () => {
  it('keeps what lies in it: first in each group, never freed, and no group by itself', async () => {
    const kept = pictureAt('/9/ref/kept.jpg', 'x', 0);
    const only = pictureAt('/9/ref/only.jpg', 'y', 0);
    const none = pictureAt('/9/in/none.jpg', 'z', 0);
    await commit(
      ...[
        kept,
        againAt('/9/in/kept.jpg', kept),
        againAt('/9/in/again.jpg', kept),
        againAt('/9/ref/again.jpg', kept),
      ],
      ...[only, againAt('/9/ref/only again.jpg', only)],
      ...[none, againAt('/9/in/none again.jpg', none)],
    );
    const { groups, freeableBytes } = weighed(
      await reportOf({ within: ['/9'], reference: ['/9/ref'] }, null),
    );
    assert.deepEqual(
      groups.map((group) => [group.freeableBytes, group.pictures[0]?.files.map(({ path }) => path)]),
      [
        [2_000, ['/9/ref/again.jpg', '/9/ref/kept.jpg', '/9/in/again.jpg', '/9/in/kept.jpg']],
        [1_000, ['/9/in/none again.jpg', '/9/in/none.jpg']],
      ],
    );
    assert.equal(freeableBytes, 3_000);
  });

  it('has nobody look at pairs that lie in it alone', async () => {
    await commit(
      ...Array.from({ length: 20 }, (_, i) => pictureAt(`/10/ref/r${i}~x.jpg`, 's', 0.001 * i)),
      pictureAt('/10/in/r3~y.jpg', 's', 0.0035),
    );
    const asked: string[] = [];
    const report = await reportOf({ within: ['/10'], reference: ['/10/ref'] }, 0.5, judgeOf(asked));
    assert.deepEqual(pathsOf(report), [['copy', [['/10/ref/r3~x.jpg'], ['/10/in/r3~y.jpg']]]]);
    assert.ok(asked.every((key) => key.includes('r3~y.jpg')) && asked.length <= 9, asked.join(', '));
    assert.equal(weighed(report).groups[0]?.pictures[0]?.files[0]?.path, '/10/ref/r3~x.jpg');
  });

  it('counts for nothing while its files are away: one other is kept then', async () => {
    const kept = pictureAt('/11/ref/kept.jpg', 'x', 0);
    await commit(kept, againAt('/11/in/1.jpg', kept), againAt('/11/in/2.jpg', kept));
    const report = await reportOf({ within: ['/11'], reference: ['/11/ref'] }, null);
    assert.equal(weighed(report).freeableBytes, 2_000);
    assert.equal(weighed(report, ['/11/ref/kept.jpg']).freeableBytes, 1_000);
  });
});
