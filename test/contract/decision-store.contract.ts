import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Catalog } from '../../src/domain/catalog.ts';
import type { DecidedPicture, Decision, NewDecision } from '../../src/domain/decision.ts';
import { refuses } from '../support/refuses.ts';
import { contentHashOf } from '../support/seeded-picture.ts';
import { contractTests } from './contract-tests.ts';

/** What every store of decisions must do. `open` gives a new empty one each time. */
export function decisionStoreContract(
  name: string,
  open: () => Promise<Pick<Catalog, 'decisions' | 'close'>>,
): void {
  const test = contractTests(open);

  describe(`decision store contract: ${name}`, () => {
    test('knows of no decision at first', async ({ decisions }) => {
      assert.deepEqual(await decisions.page(10, 0), []);
      assert.deepEqual(await decisions.about([decided('a')]), []);
    });

    test('gives decisions back as they were recorded, ascending by id', async ({ decisions }) => {
      const first = await decisions.record(decision(['a', 'b', 'c'], { kind: 'keep-both', note: 'Käse 🧀' }));
      const second = await decisions.record(decision(['a', 'd']));
      const again = await decisions.record(decision(['a', 'd']));
      assert.ok(first.id < second.id && second.id < again.id);
      assert.deepEqual((await decisions.page(10, 0)).map(sorted), [first, second, again].map(sorted));
      assert.deepEqual((await decisions.page(1, first.id)).map(sorted), [sorted(second)]);
      assert.deepEqual(await decisions.page(10, again.id), []);
    });

    test('knows what was decided about a picture, by its bytes', async ({ decisions }) => {
      const first = await decisions.record(decision(['a', 'b']));
      const second = await decisions.record(decision(['b', 'c']));
      const about = async (...names: string[]) =>
        (await decisions.about(names.map((name) => decided(name, null)))).map(({ id }) => id);
      assert.deepEqual(await about('a'), [first.id]);
      assert.deepEqual(await about('b'), [first.id, second.id]);
      assert.deepEqual(await about('c', 'a', 'x'), [first.id, second.id]);
      assert.deepEqual(await about('x'), []);
      assert.deepEqual(await about(), []);
    });

    test('knows a picture by its image data when its metadata were rewritten', async ({ decisions }) => {
      const shot = decided('a', contentHashOf('pixels of a'));
      const recorded = await decisions.record({ ...decision(['b', 'c']), pictures: [shot, decided('b')] });
      const rewritten = decided('a with a title', contentHashOf('pixels of a'));
      assert.deepEqual((await decisions.about([rewritten])).map(sorted), [sorted(recorded)]);
      assert.deepEqual(await decisions.about([{ ...rewritten, imageDataHash: null }]), []);
    });

    test('takes unknown image data of two pictures for no likeness', async ({ decisions }) => {
      await decisions.record({ ...decision([]), pictures: [decided('a', null), decided('b', null)] });
      assert.deepEqual(await decisions.about([decided('c', null)]), []);
    });

    test('refuses a decision that is about no set of pictures', async ({ decisions }) => {
      const record = (pictures: DecidedPicture[]) => decisions.record({ ...decision([]), pictures });
      await refuses(record([]), 'INVALID_INPUT', /two or more/);
      await refuses(record([decided('a')]), 'INVALID_INPUT', /two or more/);
      await refuses(record([decided('a'), decided('a')]), 'INVALID_INPUT', /each once/);
      await refuses(record([decided('a'), decided('b'), decided('a')]), 'INVALID_INPUT', /each once/);
      await refuses(
        decisions.record({ ...decision([]), kind: 'copy', pictures: [decided('a')] }),
        'INVALID_INPUT',
        /two or more/,
      );
      const half = { ...decided('a'), contentHash: contentHashOf('a').slice(0, 32) };
      await refuses(record([half, decided('b')]), 'INVALID_INPUT', /64/);
      await refuses(record([decided('a', 'zz'), decided('b')]), 'INVALID_INPUT', /64/);
      assert.deepEqual(await decisions.page(10, 0), []);
    });

    test('records that the files of one picture stay, and takes back what was said of one', async ({
      decisions,
    }) => {
      await decisions.record(decision(['a'], { kind: 'keep-both' }));
      await decisions.record(decision(['a'], { kind: 'undecided' }));
      const kinds = (await decisions.about([decided('a')])).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['keep-both', 'undecided']);
      await refuses(decisions.record(decision([], { kind: 'keep-both' })), 'INVALID_INPUT', /one or more/);
    });

    test('records several in their order, or none of them', async ({ decisions }) => {
      const recorded = await decisions.recordAll([decision(['b', 'c']), decision(['a', 'b'])]);
      assert.deepEqual((await decisions.page(10, 0)).map(sorted), recorded.map(sorted));
      await refuses(decisions.recordAll([decision(['a', 'c']), decision(['a'])]), 'INVALID_INPUT', /two/);
      assert.equal((await decisions.page(10, 0)).length, 2);
      assert.deepEqual(await decisions.recordAll([]), []);
    });

    test('has another revision after every decision', async ({ decisions }) => {
      const revisions = [await decisions.revision()];
      for (const _ of [1, 2]) {
        assert.equal(await decisions.revision(), revisions.at(-1));
        await decisions.record(decision(['a', 'b']));
        revisions.push(await decisions.revision());
      }
      assert.equal(new Set(revisions).size, 3);
    });
  });
}

function decided(
  name: string,
  imageDataHash: string | null = contentHashOf(`pixels of ${name}`),
): DecidedPicture {
  return { contentHash: contentHashOf(name), imageDataHash };
}

function decision(names: readonly string[], rest: Partial<NewDecision> = {}): NewDecision {
  return {
    ...{ kind: 'not-copy', decidedBy: 'somebody', decidedAt: '2024-05-01T10:00:00.000Z', note: null },
    pictures: names.map((name) => decided(name)),
    ...rest,
  };
}

/** The pictures of a decision are a set. */
function sorted(one: Decision): Decision {
  const byHash = (a: DecidedPicture, b: DecidedPicture) => (a.contentHash < b.contentHash ? -1 : 1);
  return { ...one, pictures: one.pictures.toSorted(byHash) };
}
