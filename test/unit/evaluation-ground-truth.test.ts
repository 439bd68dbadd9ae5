import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { databaseOf, namesIn, parseGroundTruth } from '../../src/evaluation/ground-truth.ts';
import { refuses } from '../support/refuses.ts';

const QUERY = { image: 'q.jpg', easy: ['a.jpg'], hard: ['b.jpg'], junk: ['c.jpg'] };

function parse(value: unknown) {
  return parseGroundTruth(JSON.stringify(value), 'truth.json');
}

describe('a ground truth', () => {
  it('is read with box and database, and without', () => {
    const truth = parse({
      database: ['a.jpg', 'b.jpg', 'd.jpg'],
      queries: [
        { ...QUERY, bbox: [1, 2, 3.5, 4] },
        { image: 'p.jpg', easy: ['d.jpg'] },
      ],
    });
    assert.deepEqual(truth.queries[0]?.bbox, [1, 2, 3.5, 4]);
    assert.deepEqual(truth.queries[1], { image: 'p.jpg', easy: ['d.jpg'], hard: [], junk: [] });
    assert.deepEqual([...namesIn(truth)].sort(), ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg', 'p.jpg', 'q.jpg']);
    assert.deepEqual([...databaseOf(truth, [])], ['a.jpg', 'b.jpg', 'd.jpg']);
  });

  it('searches all pictures but those that are only asked for where it names no database', () => {
    const truth = parse({ queries: [QUERY, { image: 'a.jpg', easy: ['b.jpg'] }] });
    assert.deepEqual(
      [...databaseOf(truth, ['a.jpg', 'b.jpg', 'other.jpg', 'q.jpg'])],
      ['a.jpg', 'b.jpg', 'other.jpg'],
    );
  });

  it('is refused with what was found where', async () => {
    for (const [value, words] of [
      [{ queries: [] }, /truth\.json cannot be used: at queries: .*expected \{"queries"/],
      [{ queries: [{ ...QUERY, ok: [] }] }, /at queries\.0: .*"ok"/],
      [{ queries: [QUERY, { ...QUERY, bbox: [5, 0, 5, 9] }] }, /at queries\.1\.bbox: .*left below right/],
      [{ queries: [{ ...QUERY, junk: ['a.jpg'] }] }, /at queries\.0: "a\.jpg" is listed twice/],
      [{ queries: [{ ...QUERY, hard: ['q.jpg'] }] }, /at queries\.0: "q\.jpg" is to be found by itself/],
      [{ queries: [QUERY], database: ['a.jpg'] }, /"b\.jpg" is to be found and not in "database"/],
      [{ queries: [{ image: 'q.jpg', junk: ['c.jpg'] }] }, /no query has an easy or a hard picture/],
    ] as const) {
      await refuses(
        Promise.resolve().then(() => parse(value)),
        'INVALID_INPUT',
        words,
      );
    }
    const noJson = Promise.resolve().then(() => parseGroundTruth('gnd = {', 'truth.json'));
    await refuses(noJson, 'INVALID_INPUT', /it is no JSON/);
  });
});
