import assert from 'node:assert/strict';
import { cpSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { IndexSummary as Summary } from '../../src/indexer/index-files.ts';
import { askEideticJson } from '../support/ask-eidetic.ts';
import { makeMountFolder } from '../support/mount-folder.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { readIds } from '../support/read-catalog.ts';

const PICTURES = 8;

describe('a file system that is mounted below an indexed folder', () => {
  it('may go away and come back, with another device number too, and keeps its pictures', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const source = join(mounts.path, 'source');
    await drawPictureFolder(source, PICTURES);
    const root = join(mounts.path, 'pictures');
    mkdirSync(root);
    await drawPictureFolder(join(root, 'here'), 2);
    const library = join(mounts.path, 'library');
    const index = (expected: number) =>
      askEideticJson<Summary>(['index', root, '--library', library, '--json'], expected);

    const card = mounts.mount('pictures/card', '-t', 'tmpfs', 'none');
    cpSync(source, card, { recursive: true, preserveTimestamps: true });
    assert.equal((await index(0)).embedded, PICTURES); // the two others show pictures of the card
    const ids = readIds(library);

    mounts.unmount(card);
    const away = await index(9);
    assert.deepEqual([away.awayFiles, away.removed, away.unchanged], [PICTURES, 0, 2]);
    assert.match(away.away[0]?.reason ?? '', /mount/);
    assert.deepEqual(readIds(library), ids);

    // Another in between takes the number that the first one had.
    mounts.mount('between', '-t', 'tmpfs', 'none');
    mounts.mount('pictures/card', '-t', 'tmpfs', 'none');
    cpSync(source, card, { recursive: true, preserveTimestamps: true });
    const back = await index(0);
    assert.deepEqual([back.embedded, back.removed, back.awayFiles], [0, 0, 0]);
    assert.deepEqual(readIds(library), ids);
    assert.equal((await index(0)).unchanged, PICTURES + 2);
  });

  it('may take its mount point along', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const root = join(mounts.path, 'media');
    await drawPictureFolder(join(root, 'here'), 2);
    const stick = mounts.mount('media/stick', '-t', 'tmpfs', 'none');
    await drawPictureFolder(stick, PICTURES);
    const library = join(mounts.path, 'library');
    await askEideticJson(['index', root, '--library', library, '--json']);
    mounts.unmount(stick);
    rmSync(stick, { recursive: true });
    const away = await askEideticJson<Summary>(['index', root, '--library', library, '--json'], 9);
    assert.deepEqual([away.awayFiles, away.removed], [PICTURES, 0]);
  });

  it('is told from folders that were really removed or emptied on the same file system', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const root = join(mounts.path, 'pictures');
    const paths = await drawPictureFolder(root, PICTURES);
    const library = join(mounts.path, 'library');
    const index = (expected: number, ...flags: string[]) =>
      askEideticJson<Summary>(['index', root, '--library', library, '--json', ...flags], expected);
    await index(0);
    rmSync(join(root, 'part-0'), { recursive: true });
    assert.deepEqual([(await index(0)).removed], [2]);
    for (const path of paths.filter((name) => name.includes('part-1'))) {
      rmSync(path);
    }
    const emptied = await index(9);
    assert.deepEqual([emptied.removed, emptied.awayFiles], [0, 2]);
    assert.equal((await index(0, '--allow-empty')).removed, 2);
  });
});

describe('one file by several names', () => {
  it('is one file, however it is hard linked or bind mounted, and no duplicate of itself', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const root = join(mounts.path, 'pictures');
    const [first = '', second = '', third = ''] = await drawPictureFolder(join(root, 'a'), 3);
    linkSync(first, join(root, 'linked.jpg'));
    cpSync(second, join(root, 'copied.jpg'));
    mounts.mount('pictures/bound', '--bind', join(root, 'a', 'part-2'));
    const library = join(mounts.path, 'library');
    const summary = await askEideticJson<Summary>(['index', root, '--library', library, '--json']);
    assert.deepEqual([summary.found, summary.embedded], [6, 3]);
    const report = await askEideticJson<{ groups: Array<{ pictures: Array<{ files: unknown[] }> }> }>([
      'duplicates',
      '--library',
      library,
      '--json',
    ]);
    const text = JSON.stringify(report.groups);
    assert.ok(text.includes('copied.jpg') && text.includes(second));
    assert.ok(!text.includes('linked.jpg') && !text.includes(third), 'names of one file are no duplicates');
    renameSync(join(root, 'linked.jpg'), join(root, 'renamed.jpg'));
    const moved = await askEideticJson<Summary>(['index', root, '--library', library, '--json']);
    assert.deepEqual([moved.embedded, moved.moved, moved.removed], [0, 1, 0]);
  });
});
