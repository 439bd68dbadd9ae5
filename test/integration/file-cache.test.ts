import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileCache } from '../../src/pictures/file-cache.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BLOCK = 4_096;
const BYTES = new Uint8Array(BLOCK).fill(7);

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + entry.size, 0);
}

describe('file cache', () => {
  const folder = temporaryFolder();

  it('gives back what it was given, also to the next process', async () => {
    const place = join(folder, 'kept');
    const cache = fileCache(place, 100 * BLOCK);
    assert.equal(await cache.read('ab/one'), null);
    await cache.write('ab/one', BYTES);
    assert.deepEqual(new Uint8Array((await cache.read('ab/one')) ?? []), BYTES);
    const next = fileCache(place, 100 * BLOCK);
    assert.deepEqual(new Uint8Array((await next.read('ab/one')) ?? []), BYTES);
  });

  it('takes no more than its bound, and keeps what is read again and again', async () => {
    const place = join(folder, 'bounded');
    const cache = fileCache(place, 20 * BLOCK);
    await cache.write('often', BYTES);
    for (let i = 0; i < 100; i++) {
      await cache.write(`${i % 10}/${i}`, BYTES);
      assert.notEqual(await cache.read('often'), null, `after ${i}`);
      assert.ok(bytesBelow(place) <= 20 * BLOCK, `${bytesBelow(place)} bytes after ${i}`);
    }
    assert.equal(await cache.read('0/0'), null);
    assert.notEqual(await cache.read('9/99'), null);
  });

  it('counts what earlier processes have left', async () => {
    const place = join(folder, 'left');
    for (let i = 0; i < 60; i++) {
      await fileCache(place, 20 * BLOCK).write(`file-${i}`, BYTES);
    }
    assert.ok(bytesBelow(place) <= 20 * BLOCK, `${bytesBelow(place)} bytes`);
  });

  it('removes what was begun to be removed, and what lies there otherwise', async () => {
    const place = join(folder, 'foreign');
    mkdirSync(join(place, 'ab'), { recursive: true });
    writeFileSync(join(place, 'ab', 'of an older version.webp'), BYTES);
    await fileCache(place, 20 * BLOCK).write('file', BYTES);
    assert.deepEqual(readdirSync(place), ['young']);
  });

  it('is never a reason to fail', async () => {
    const place = join(folder, 'a file');
    writeFileSync(place, 'in the way');
    const cache = fileCache(place, 20 * BLOCK);
    await cache.write('ab/one', BYTES);
    assert.equal(await cache.read('ab/one'), null);
    assert.ok(existsSync(place));
  });

  it('is whole for all who write at once', async () => {
    const cache = fileCache(join(folder, 'at once'), 200 * BLOCK);
    await Promise.all(Array.from({ length: 50 }, (_, i) => cache.write(`${i % 5}`, BYTES)));
    for (let i = 0; i < 5; i++) {
      assert.deepEqual(new Uint8Array((await cache.read(`${i}`)) ?? []), BYTES);
    }
  });
});
