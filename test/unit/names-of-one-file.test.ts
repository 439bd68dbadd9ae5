import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namesOfOneFile } from '../../src/duplicates/names-of-one-file.ts';

const named = (...files: Array<[path: string, identity: string | null]>) =>
  files.map(([path, identity]) => ({ path, identity }));

test('paths with one identity are names of one file, each set in the order of its paths', () => {
  const files = named(
    ['/a', 'disk 1'],
    ['/b', 'disk 2'],
    ['/c', 'disk 1'],
    ['/d', 'disk 2'],
    ['/e', 'disk 3'],
  );
  assert.deepEqual(namesOfOneFile(files), [
    ['/a', '/c'],
    ['/b', '/d'],
  ]);
});

test('paths of which nobody knows the file are not taken for one', () => {
  assert.deepEqual(namesOfOneFile(named(['/a', null], ['/b', null], ['/c', 'disk 1'])), []);
});

test('a file with one name has no others', () => {
  assert.deepEqual(namesOfOneFile([]), []);
  assert.deepEqual(namesOfOneFile(named(['/a', 'disk 1'], ['/b', 'disk 2'])), []);
});
