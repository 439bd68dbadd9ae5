import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ListedFiles, listFiles } from '../../src/pictures/list-files.ts';
import { refuses } from '../support/refuses.ts';

function pictureOf(...paths: string[]) {
  return { files: paths.map((path) => ({ path, identity: null })) };
}

function pathsOf({ files }: ListedFiles): string[] {
  return files.map(({ path }) => path);
}

describe('listFiles', () => {
  const picture = pictureOf('/a', '/b', '/c', '/d', '/e');

  it('pages through all files once', () => {
    const found: string[] = [];
    const sizes: number[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = listFiles(picture, 2, cursor);
      found.push(...pathsOf(page));
      sizes.push(page.files.length);
      cursor = page.nextCursor;
    }
    assert.deepEqual(found, ['/a', '/b', '/c', '/d', '/e']);
    assert.deepEqual(sizes, [2, 2, 1]);
    assert.equal(listFiles(picture, 5, undefined).nextCursor, null);
  });

  it('goes on behind the same file when others have come or gone', () => {
    const { nextCursor } = listFiles(picture, 2, undefined);
    const cursor = nextCursor ?? '';
    assert.deepEqual(pathsOf(listFiles(pictureOf('/0', '/a', '/b', '/c'), 9, cursor)), ['/c']);
    assert.deepEqual(pathsOf(listFiles(pictureOf('/b', '/c', '/d'), 9, cursor)), ['/c', '/d']);
    assert.deepEqual(pathsOf(listFiles(pictureOf('/b'), 9, cursor)), []);
  });

  it('refuses a cursor whose file is gone, or that is none, and tells no path in one', async () => {
    const { nextCursor } = listFiles(picture, 2, undefined);
    const cursor = nextCursor ?? '';
    await refuses(
      (async () => listFiles(pictureOf('/a', '/c'), 9, cursor))(),
      'INVALID_INPUT',
      /start again without a cursor/,
    );
    for (const text of ['', 'files:1:', 'after:1', 'files:x:y']) {
      const wrong = Buffer.from(text).toString('base64url');
      await refuses((async () => listFiles(picture, 9, wrong))(), 'INVALID_INPUT', /not one of this server/);
    }
    assert.doesNotMatch(Buffer.from(cursor, 'base64url').toString(), /\/b/);
  });
});
