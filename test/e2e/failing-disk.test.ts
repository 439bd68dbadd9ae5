import assert from 'node:assert/strict';
import { cpSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { IndexSummary as Summary } from '../../src/indexer/index-files.ts';
import { askEideticJson } from '../support/ask-eidetic.ts';
import { type Failing, failingFiles } from '../support/failing-files.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { readCatalog } from '../support/read-catalog.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PICTURES = 40;

describe('a disk that fails for a while', () => {
  const environmentOf = failingFiles();
  const skip = environmentOf === null ? 'no C compiler here, so no system call can be made to fail' : false;
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  let paths: string[] = [];

  before(async () => {
    paths = await drawPictureFolder(pictures, PICTURES);
    assert.equal((await index(join(folder, 'template'), 0)).embedded, PICTURES);
  });

  /** A library that has indexed everything. */
  function indexedLibrary(name: string): string {
    cpSync(join(folder, 'template'), join(folder, name), { recursive: true });
    return join(folder, name);
  }

  const index = (library: string, expected: number, failing?: Omit<Failing, 'below'>) => {
    const args = ['index', pictures, '--library', library, '--json'];
    return failing
      ? eideticJson<Summary>(args, expected, {
          environment: environmentOf?.({ below: pictures, ...failing }) ?? {},
        })
      : askEideticJson<Summary>(args, expected);
  };

  for (const error of ['EIO', 'EACCES', 'ESTALE', 'ENOTCONN'] as const) {
    it(`keeps what lies below a folder that answers ${error}, says so, and embeds nothing later`, {
      skip,
    }, async () => {
      const library = indexedLibrary(`folder-${error}`);
      const away = await index(library, 9, { error, contains: 'part-2', calls: ['list'] });
      assert.deepEqual([away.removed, away.awayFiles, away.embedded], [0, PICTURES / 4, 0]);
      assert.equal(away.away[0]?.path, join(pictures, 'part-2'));
      const back = await index(library, 0);
      assert.deepEqual([back.unchanged, back.embedded], [PICTURES, 0]);
    });
  }

  it('keeps files that cannot even be looked at', { skip }, async () => {
    const library = indexedLibrary('stat');
    const failing = await index(library, 1, { error: 'EIO', every: 10, contains: '.jpg', calls: ['stat'] });
    assert.ok(failing.failed > 0);
    assert.equal(failing.removed, 0);
    const back = await index(library, 0);
    assert.deepEqual([back.unchanged + back.indexed, back.embedded], [PICTURES, 0]);
  });

  it('keeps everything when the root itself cannot be listed, and goes on with others', {
    skip,
  }, async () => {
    const library = indexedLibrary('root');
    const other = join(folder, 'other');
    await drawPictureFolder(other, 3);
    await askEideticJson(['index', other, '--library', library, '--json']);
    const all = ['index', '--library', library, '--json'];
    const environment = environmentOf?.({ below: pictures, error: 'EIO', calls: ['list'] }) ?? {};
    const away = await eideticJson<Summary>(all, 9, { environment });
    assert.deepEqual([away.awayFiles, away.removed, away.unchanged], [PICTURES, 0, 3]);
    assert.equal((await askEideticJson<Summary>(all)).unchanged, PICTURES + 3);
  });

  // Last, since they change the files.
  for (const error of ['EIO', 'EACCES'] as const) {
    it(`embeds only what failed when a first run met ${error} on a tenth of the files`, {
      skip,
    }, async () => {
      const library = join(folder, `first-${error}`);
      const first = await index(library, 1, { error, every: 10, calls: ['open'] });
      assert.ok(first.failed > 0 && first.failed < PICTURES / 2, `${first.failed} files failed`);
      assert.equal(first.embedded + first.failed, PICTURES);
      const second = await index(library, 0);
      assert.deepEqual([second.embedded, second.unchanged], [first.failed, PICTURES - first.failed]);
    });

    it(`embeds nothing again after a run in which ${error} met a tenth of changed files`, {
      skip,
    }, async () => {
      const library = indexedLibrary(`later-${error}`);
      const before = readCatalog(library);
      for (const path of paths) {
        utimesSync(path, 1_500_000_000, 1_500_000_000 + paths.indexOf(path));
      }
      const failing = await index(library, 1, { error, every: 10, calls: ['open'] });
      assert.ok(failing.failed > 0);
      assert.deepEqual([failing.embedded, failing.removed], [0, 0]);
      assert.equal(
        (await askEideticJson<unknown[]>(['failures', '--json', '--library', library])).length,
        failing.failed,
      );
      const after = await index(library, 0);
      assert.deepEqual([after.embedded, after.indexed, after.failed], [0, failing.failed, 0]);
      assert.deepEqual(readCatalog(library), before);
    });
  }
});
