import assert from 'node:assert/strict';
import { join, relative, resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { drawSample } from '../../src/sample/draw-sample.ts';
import type { SampleTruth } from '../../src/sample/sample-truth.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { readVectors } from '../support/read-catalog.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Report {
  readonly groups: ReadonlyArray<{
    readonly relation: string;
    readonly pictures: ReadonlyArray<{ readonly id: number; readonly files: string[] }>;
  }>;
  readonly pairs: ReadonlyArray<{
    readonly a: number;
    readonly b: number;
    readonly similarity: number;
    readonly relation: string;
  }>;
}

// Drawn where `npm start` draws it, so that it is drawn once.
const SAMPLE = 'data/sample';

describe('eidetic duplicates on the sample', () => {
  const library = join(temporaryFolder(), 'library');
  const pictures = resolve(SAMPLE, 'pictures');
  let truth: SampleTruth;

  const names = (files: readonly string[]) => files.map((file) => relative(pictures, file)).sort();
  const duplicates = (...flags: string[]) =>
    askEideticJson<Report>(['duplicates', '--library', library, '--json', ...flags]);
  const bySorted = (groups: ReadonlyArray<readonly string[]>) =>
    groups.map((group) => [...group].sort()).sort();

  before(async () => {
    truth = await drawSample(SAMPLE);
    await askEideticJson(['index', pictures, '--library', library, '--json']);
  });

  it('finds every group of identical files of the truth, and no other', async () => {
    const { groups } = await duplicates();
    const found = groups
      .flatMap((group) => group.pictures.map(({ files }) => names(files)))
      .filter((files) => files.length > 1);
    assert.ok(truth.identical.length >= 5);
    assert.deepEqual(bySorted(found), bySorted(truth.identical));
  });

  it('finds every group of same pixels of the truth, and no other', async () => {
    const { groups } = await duplicates();
    const found = groups
      .filter(({ relation }) => relation !== 'identical')
      .map((group) => names(group.pictures.map(({ files }) => files[0] ?? '')));
    assert.ok(truth.samePixels.length >= 5);
    assert.deepEqual(bySorted(found), bySorted(truth.samePixels));
  });

  for (const least of [0.8, 0.95]) {
    it(`prints at ${least} exactly the pairs of exact search, of equal pictures the first, in groups without chains`, async () => {
      const { pairs, groups } = await duplicates('--min-similarity', String(least));
      const firstOf = new Map(pairs.filter(isEqual).map(({ a, b }) => [b, a]));
      assert.ok(firstOf.size >= 5);
      const found = pairs.filter((pair) => !isEqual(pair)).map(({ a, b }) => `${a} ${b}`);
      const expected = exactPairs(library, least).filter(([a, b]) => !firstOf.has(a) && !firstOf.has(b));
      assert.ok(expected.length > 20);
      assert.deepEqual([...found].sort(), expected.map(([a, b]) => `${a} ${b}`).sort());
      for (const { pictures: members } of groups) {
        const firsts = new Set(members.map(({ id }) => firstOf.get(id) ?? id));
        const ids = [...firsts].sort((a, b) => a - b);
        const inside = ids.flatMap((a, i) => ids.slice(i + 1).map((b) => `${a} ${b}`));
        assert.deepEqual(
          inside.filter((pair) => !found.includes(pair)),
          [],
          'grouped, but not related',
        );
      }
    });
  }

  it('prints CSV with one row per file, and ends with 11 when asked to', async () => {
    const { exitCode, stdout } = await askEidetic([
      'duplicates',
      '--library',
      library,
      '--csv',
      '--fail-on-found',
    ]);
    assert.equal(exitCode, 11);
    const lines = stdout.toString().trim().split('\r\n');
    assert.match(lines[0] ?? '', /^group,relation,weakest_similarity,picture,/);
    const grouped = new Set([...truth.identical, ...truth.samePixels].flat());
    assert.equal(lines.length - 1, grouped.size);
  });

  it('says in words that nothing was found when nothing is', async () => {
    const empty = join(temporaryFolder(), 'library');
    await askEideticJson(['index', join(pictures, 'originals', 'sea'), '--library', empty, '--json']);
    const { exitCode, stdout } = await askEidetic(['duplicates', '--library', empty, '--fail-on-found']);
    assert.equal(stdout.toString(), 'No duplicates found.\n');
    assert.equal(exitCode, 0);
  });
});

function isEqual({ relation }: Report['pairs'][number]): boolean {
  return relation !== 'similar';
}

/** Every pair at or above a similarity in the space that copies are looked for in, computed past the program. */
function exactPairs(library: string, least: number): Array<[number, number]> {
  const vectors = readVectors(library, 'copy');
  return vectors.flatMap((x, i) =>
    vectors
      .slice(i + 1)
      .filter((y) => x.vector.reduce((sum, value, d) => sum + value * (y.vector[d] ?? 0), 0) >= least)
      .map((y): [number, number] => [x.id, y.id]),
  );
}
