import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Catalog } from '../../src/domain/catalog.ts';
import type { PictureId } from '../../src/domain/picture.ts';
import type { Relation, RelationKind, RelationStore } from '../../src/domain/relation.ts';
import { refuses } from '../support/refuses.ts';
import { seededFile } from '../support/seeded-picture.ts';
import { contractTests } from './contract-tests.ts';

type RelationsUnderTest = Pick<Catalog, 'files' | 'relations' | 'close'>;

/** What every store of relations must do. `open` gives a new empty one each time. */
export function relationStoreContract(name: string, open: () => Promise<RelationsUnderTest>): void {
  const test = contractTests(open);

  describe(`relation store contract: ${name}`, () => {
    test('knows no relation at first', async ({ relations }) => {
      assert.equal(await relations.between(1, 2), null);
      assert.deepEqual(await relations.page({}, 10, null), []);
    });

    test('gives a relation back as it was put, whichever picture is named first', async (catalog) => {
      const [a = 0, b = 0, c = 0] = await pictures(catalog, 3);
      const found: Relation = {
        a,
        b,
        kind: 'copy',
        evidence: { similarity: 0.987654321, rule: 'cropped', boxes: [[0, 0.5]], note: null },
        ruleVersion: 3,
        space: { id: 'copy', revision: 2 },
      };
      const identical = relation(a, c, 'identical', { space: null });
      await catalog.relations.put([found, identical]);
      assert.deepEqual(await catalog.relations.between(a, b), found);
      assert.deepEqual(await catalog.relations.between(b, a), found);
      assert.deepEqual(await catalog.relations.between(a, c), identical);
      assert.equal(await catalog.relations.between(b, c), null);
      assert.equal(await catalog.relations.between(a, a), null);
    });

    test('tells what is known of one picture and others, whichever of a pair it is', async (catalog) => {
      const [a = 0, b = 0, c = 0, d = 0] = await pictures(catalog, 4);
      await catalog.relations.put([
        relation(a, b, 'copy', { ruleVersion: 3 }),
        relation(b, c, 'burst'),
        relation(c, d, 'copy'),
        relation(b, d, 'different'),
      ]);
      const told = await catalog.relations.among(b, [d, a, 9_999, b]);
      assert.deepEqual(
        told.toSorted((one, other) => one.a - other.a),
        [relation(a, b, 'copy', { ruleVersion: 3 }), relation(b, d, 'different')],
      );
      assert.deepEqual(await catalog.relations.among(b, []), []);
      assert.deepEqual(await catalog.relations.among(a, [c, d]), []);
    });

    test('keeps one relation of a pair, the last one', async (catalog) => {
      const [a = 0, b = 0] = await pictures(catalog, 2);
      await catalog.relations.put([relation(a, b, 'similar'), relation(a, b, 'unsure')]);
      const last = relation(a, b, 'burst', { ruleVersion: 9 });
      await catalog.relations.put([last]);
      assert.deepEqual(await catalog.relations.page({}, 10, null), [last]);
    });

    test('pages by the first picture, then the second', async (catalog) => {
      const [a = 0, b = 0, c = 0, d = 0] = await pictures(catalog, 4);
      const pairs = [
        relation(a, b, 'copy'),
        relation(a, d, 'similar'),
        relation(b, c, 'copy'),
        relation(b, d, 'burst'),
        relation(c, d, 'copy'),
      ];
      await catalog.relations.put(pairs.toReversed());
      const all = (wanted: Parameters<RelationStore['page']>[0]) => pageThrough(catalog.relations, wanted);
      assert.deepEqual(await all({}), pairs);
      assert.deepEqual(await all({ picture: b }), [pairs[0], pairs[2], pairs[3]]);
      assert.deepEqual(await all({ kinds: ['copy'] }), [pairs[0], pairs[2], pairs[4]]);
      assert.deepEqual(await all({ kinds: ['burst', 'similar'], picture: d }), [pairs[1], pairs[3]]);
      assert.deepEqual(await all({ kinds: [] }), []);
      assert.deepEqual(await catalog.relations.page({}, 2, { a, b: d }), [pairs[2], pairs[3]]);
      assert.deepEqual(await catalog.relations.page({}, 9, { a: c, b: d }), []);
    });

    test('puts all of the relations or none', async (catalog) => {
      const [a = 0, b = 0] = await pictures(catalog, 2);
      const missing = b + 1;
      const put = (...wrong: Relation[]) => catalog.relations.put([relation(a, b, 'copy'), ...wrong]);
      await refuses(put(relation(a, missing, 'copy')), 'NOT_FOUND', new RegExp(`picture ${missing}`));
      await refuses(put(relation(b, a, 'copy')), 'INVALID_INPUT', /the smaller id first/);
      await refuses(put(relation(a, a, 'copy')), 'INVALID_INPUT', /expected two/);
      assert.deepEqual(await catalog.relations.page({}, 10, null), []);
    });

    test('forgets the relations of a picture that is pruned', async (catalog) => {
      const [a = 0, b = 0, c = 0] = await pictures(catalog, 3);
      await catalog.relations.put([relation(a, b, 'copy'), relation(a, c, 'copy'), relation(b, c, 'copy')]);
      await catalog.files.commit({ files: [], failures: [], removed: ['/1'] });
      assert.deepEqual(await catalog.files.pruneOrphans(), [b]);
      assert.deepEqual(await catalog.relations.page({}, 10, null), [relation(a, c, 'copy')]);
    });

    test('forgets what older rules or other revisions of a space found, and tells how many', async (catalog) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0] = await pictures(catalog, 5);
      const copy = { id: 'copy', revision: 2 };
      const kept = [
        relation(a, c, 'identical', { ruleVersion: 5, space: null }),
        relation(a, d, 'copy', { ruleVersion: 5, space: copy }),
        relation(b, e, 'similar', { ruleVersion: 6, space: { id: 'similar', revision: 9 } }),
      ];
      await catalog.relations.put([
        ...kept,
        relation(a, b, 'identical', { ruleVersion: 4, space: null }),
        relation(b, c, 'copy', { ruleVersion: 4, space: copy }),
        relation(c, d, 'copy', { ruleVersion: 5, space: { id: 'copy', revision: 1 } }),
        relation(d, e, 'copy', { ruleVersion: 5, space: { id: 'copy', revision: 3 } }),
      ]);
      assert.equal(await catalog.relations.removeStale(5, copy), 4);
      assert.deepEqual(await catalog.relations.page({}, 10, null), kept);
      assert.equal(await catalog.relations.removeStale(5, copy), 0);
    });
  });
}

/** Pictures that no model has described, of files /0, /1 and so on; ids ascending. */
async function pictures({ files }: RelationsUnderTest, count: number): Promise<readonly PictureId[]> {
  const batch = Array.from({ length: count }, (_, i) => seededFile(`/${i}`, `picture ${i}`, []));
  return (await files.commit({ files: batch, failures: [], removed: [] })).pictures;
}

function relation(
  a: PictureId,
  b: PictureId,
  kind: RelationKind,
  rest: Partial<Pick<Relation, 'ruleVersion' | 'space'>> = {},
): Relation {
  return {
    ...{ a, b, kind, evidence: { similarity: 0.5 }, ruleVersion: 1, space: { id: 'copy', revision: 1 } },
    ...rest,
  };
}

async function pageThrough(
  relations: RelationStore,
  wanted: Parameters<RelationStore['page']>[0],
): Promise<Relation[]> {
  const found: Relation[] = [];
  for (;;) {
    const page = await relations.page(wanted, 2, found.at(-1) ?? null);
    found.push(...page);
    if (page.length < 2) {
      return found;
    }
  }
}
