import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createEideticClient, type EideticClient } from '../../src/client/eidetic-client.ts';
import type { PairEvidence } from '../../src/copies/compare-views.ts';
import { COPY_RULE_VERSION } from '../../src/copies/judge-pair.ts';
import type { RelationKind } from '../../src/domain/relation.ts';
import { LAID_OVER } from '../../src/engine/kept-look.ts';
import { seededStamp } from '../support/seeded-picture.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What looking at the pictures has told; every pair is near enough. */
const KNOWN: ReadonlyArray<readonly [number, number, RelationKind]> = [
  [1, 2, 'copy'],
  [2, 3, 'copy'],
  [1, 3, 'different'],
  [1, 4, 'unsure'],
  [2, 4, 'different'],
  [3, 4, 'burst'],
];
const EVIDENCE: PairEvidence = {
  ...{ keypoints: { a: 200, b: 180 }, matches: 90, inliers: 60, map: null, overlap: { a: 1, b: 1 } },
  ...{ tellingTiles: 100, agreeingTiles: 60, hiddenTiles: 0, contraryTiles: 0, bands: [], shift: 0.2 },
  chroma: { a: 0.1, b: 0.1 },
};
const COPIES = { copies: 'true', minSimilarity: -1 } as const;

describe('pairs of a duplicate report, and folders that it is asked about', () => {
  const folder = temporaryFolder();
  let app: ServedApp;
  let client: EideticClient;
  let [drawn, other, empty] = ['', '', ''];

  before(async () => {
    app = await serveApp(folder, 4);
    client = createEideticClient({ address: app.address });
    [drawn, other, empty] = [app.pictures, join(app.pictures, 'other'), join(app.pictures, 'empty')];
    const { catalog } = app.library;
    const relations = KNOWN.map(([a, b, kind]) => ({
      ...{ a, b, kind, evidence: {}, ruleVersion: COPY_RULE_VERSION, space: null },
    }));
    await catalog.relations.put(relations);
    const [third] = await catalog.pictures.pictures([3]);
    const stamp = seededStamp(join(other, 'third.jpg'));
    const again = { stamp, contentHash: third?.contentHash ?? '', described: null };
    await catalog.files.commit({ files: [again], failures: [], removed: [] });
  });
  after(() => app.close());

  it('heeds what was decided over the API, says how much it left out, and forgets what was taken back', async () => {
    const before = await client.duplicates(COPIES);
    assert.deepEqual([before.decidedGroups, before.decidedPairs], [0, 0]);
    const [{ pictures = [] } = {}] = before.groups.filter((group) => group.relation === 'copy');
    const ids = pictures.map(({ id }) => id);
    assert.equal(ids.length, 2);
    assert.ok(before.groups.every((group) => group.decision === null));
    const decision = await client.decide({ kind: 'keep-both', pictures: ids, note: 'both are good' });
    assert.deepEqual([decision.decidedBy, decision.stands], ['local', true]);
    assert.deepEqual(decision.pictures.map(({ id }) => id).sort(), ids.toSorted());
    const after = await client.duplicates(COPIES);
    assert.equal(after.decidedGroups, 1);
    assert.ok(after.groups.every((group) => group.relation !== 'copy'));
    assert.notEqual(after.generation, before.generation);
    const shown = await client.duplicates({ ...COPIES, decided: 'true', relation: 'copy' });
    const { decidedAt } = decision;
    const said = { kind: 'keep-both', decidedBy: 'local', decidedAt, note: 'both are good' };
    assert.deepEqual(
      shown.groups.map((group) => group.decision),
      [{ isDismissed: true, joined: [], said }],
    );
    await client.decide({ kind: 'undecided', pictures: ids });
    assert.equal((await client.duplicates(COPIES)).decidedGroups, 0);
    const { decisions, nextCursor } = await client.decisions({ limit: 1 });
    assert.deepEqual(
      decisions.map(({ kind, stands }) => [kind, stands]),
      [['keep-both', false]],
    );
    const rest = await client.decisions({ limit: 1, cursor: nextCursor ?? '' });
    assert.deepEqual([rest.decisions.map(({ kind }) => kind), rest.nextCursor], [['undecided'], null]);
    await assert.rejects(client.decide({ kind: 'copy', pictures: [1] }), /expected 2 to/);
    await assert.rejects(client.decide({ kind: 'copy', pictures: [1, 999] }), /no picture 999/);
  });

  it('has what may be a copy, other shots and bridges, page by page, and counts them', async () => {
    const { groups, pairCounts, askedPictures } = await client.duplicates(COPIES);
    assert.deepEqual((await client.duplicates({ ...COPIES, relation: 'copy' })).groups, groups);
    assert.deepEqual((await client.duplicates({ ...COPIES, relation: 'similar' })).groups, []);
    const ids = groups.map(({ pictures }) => pictures.map(({ id }) => id));
    assert.deepEqual(pairCounts, { copy: 1, similar: 0, unsure: 1, burst: 1 });
    assert.deepEqual(askedPictures, { across: [], within: [], reference: [], others: 0 });
    const found = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await client.duplicatePairs({
        ...COPIES,
        ...{ limit: 1, ...(cursor === undefined ? {} : { cursor }) },
      });
      assert.equal(page.pairs.length, 1);
      found.push(...page.pairs.map(({ relation, a, b, unlike }) => [relation, a.id, b.id, unlike]));
      cursor = page.nextCursor;
    }
    const isFirstGroup = ids.some((members) => members.join() === '1,2');
    const bridge = isFirstGroup ? ['copy', 2, 3, { a: 1, b: 3 }] : ['copy', 1, 2, { a: 1, b: 3 }];
    const others = [
      ['unsure', 1, 4, null],
      ['burst', 3, 4, null],
    ];
    assert.deepEqual(
      found,
      [bridge, ...others].sort((x, y) => Number(x[1]) - Number(y[1]) || Number(x[2]) - Number(y[2])),
    );
    const { pairs } = await client.duplicatePairs({ ...COPIES, relation: 'burst' });
    assert.deepEqual(
      pairs.map(({ a, b }) => [a.id, b.id]),
      [[3, 4]],
    );
    await assert.rejects(client.duplicatePairs({ cursor: 'eA' }), /400 INVALID_INPUT/);
  });

  it('draws the line of copies where one wish says, and refuses two', async () => {
    const { relations } = app.library.catalog;
    const [kept] = await relations.page({ kinds: ['unsure'] }, 1, null);
    assert.ok(kept);
    await relations.put([{ ...kept, evidence: { rule: LAID_OVER, score: 2.5, ...EVIDENCE, pages: null } }]);
    const wished = async (
      wish: { readonly preset: 'copies' | 'broad' } | { readonly maxFalsePairs: number },
    ) => {
      const { copies, pairCounts } = await client.duplicates({ minSimilarity: -1, limit: 1, ...wish });
      return { choice: copies?.choice, unsure: pairCounts.unsure };
    };
    const [copies, broad] = [await wished({ preset: 'copies' }), await wished({ preset: 'broad' })];
    assert.deepEqual([copies.choice?.leastScore, copies.unsure], [3, 1]);
    assert.deepEqual([broad.choice?.leastScore, broad.unsure], [1, 0]);
    const { choice } = await wished({ maxFalsePairs: 0 });
    assert.equal(choice?.expectedWrong, 0);
    await relations.put([kept]);
    await assert.rejects(
      client.duplicates({ preset: 'strict', precision: 0.9 }),
      /Found preset and precision, expected one of them/,
    );
    await assert.rejects(client.duplicates({ precision: 0.2 }), /precision: .*>=0\.5/);
  });

  it('compares folders as answers show them', async () => {
    const across = [drawn, other];
    const page = await client.duplicates({ ...COPIES, across });
    assert.deepEqual(page.askedPictures, { across: [4, 1], within: [], reference: [], others: 0 });
    assert.deepEqual(
      page.groups.map(({ relation, pictures }) => [relation, pictures.map(({ id }) => id)]),
      [['copy', [2, 3]]],
    );
    // The first is known not to be a copy of the third, which alone lies in the other folder.
    const { pairs } = await client.duplicatePairs({ ...COPIES, across });
    assert.deepEqual(
      pairs.map(({ relation, a, b }) => [relation, a.id, b.id]),
      [['burst', 3, 4]],
    );
    const id = 2;
    const { pictures } = await client.duplicateGroup(id, { ...COPIES, across });
    assert.deepEqual(
      pictures.map(({ files }) => files.length),
      [1, 2],
    );
    const within = await client.duplicates({ within: other });
    assert.deepEqual([within.groups, within.askedPictures.others], [[], 3]);
  });

  it('keeps what lies in a reference, among equal files too', async () => {
    const all = await client.equalFiles({});
    assert.equal(all.goneGroups, 1, 'the other file was never there');
    const none = await client.equalFiles({ reference: app.pictures });
    assert.deepEqual([none.groups, none.goneGroups], [[], 0]);
  });

  it('refuses folders in which no picture lies, and questions that nothing answers', async () => {
    await assert.rejects(client.duplicates({ within: empty }), /404 NOT_FOUND/);
    await assert.rejects(client.duplicates({ across: drawn }), /400 INVALID_INPUT/);
    await assert.rejects(client.duplicates({ across: [drawn, other], within: drawn }), /400 INVALID_INPUT/);
    await assert.rejects(client.duplicatePairs({ within: `${drawn}/../..` }), /400 INVALID_INPUT/);
  });
});
