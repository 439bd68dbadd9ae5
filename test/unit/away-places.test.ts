import assert from 'node:assert/strict';
import { it } from 'node:test';
import { AwayPlaces } from '../../src/indexer/away-places.ts';

it('AwayPlaces names a hundred places, each reason of each once, and counts all files', () => {
  const places = new AwayPlaces();
  places.add('/a', 'empty', 2);
  places.add('/a', 'not there', 0);
  places.add('/a', 'empty', 3);
  assert.deepEqual(places.list(), [
    { path: '/a', reason: 'empty', files: 5 },
    { path: '/a', reason: 'not there', files: 0 },
  ]);
  for (let i = 0; i < 300; i++) {
    places.add(`/b/${i}`, 'empty', 1);
  }
  places.add('/a', 'empty', 1);
  assert.equal(places.list().length, 100);
  assert.equal(places.list()[0]?.files, 6);
  assert.equal(places.files, 306);
});
