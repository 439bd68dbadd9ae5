import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createEideticClient } from '../../src/client/eidetic-client.ts';
import type { IndexSummary as Summary } from '../../src/indexer/index-files.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

interface Stats {
  readonly files: number;
  readonly roots: ReadonlyArray<{ path: string; rules: { exclude: string[]; includeHidden: boolean } }>;
}

/** Four pictures, two drafts, one hidden. */
async function prepare() {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  await drawPictureFolder(pictures, 4);
  mkdirSync(join(pictures, 'drafts'));
  for (const n of [10, 11]) {
    await drawNumbered(n)
      .jpeg()
      .toFile(join(pictures, 'drafts', `${n}.jpg`));
  }
  await drawNumbered(12).jpeg().toFile(join(pictures, '.hidden.jpg'));
  const library = join(folder, 'library');
  const index = (expected: number, ...args: string[]) =>
    askEideticJson<Summary>(['index', '--library', library, '--json', ...args], expected);
  const stats = () => askEideticJson<Stats>(['stats', '--library', library, '--json']);
  return { pictures, library, index, stats };
}

describe('the rules of a folder', () => {
  it('hold in every later run, named or not, until others are given', async () => {
    const { pictures, index, stats } = await prepare();
    assert.equal((await index(0, pictures, '--exclude', 'drafts')).found, 4);
    assert.equal((await index(0)).found, 4);
    assert.equal((await index(0, pictures)).found, 4);
    assert.deepEqual((await stats()).roots, [
      {
        path: pictures,
        rules: { exclude: ['drafts'], includeHidden: false, followSymlinks: false },
        away: null,
      },
    ]);
    assert.equal((await index(0, pictures, '--hidden')).found, 5);
    assert.equal((await index(0, pictures, '--no-exclude')).found, 7);
  });

  it('say what would leave before it leaves, and nothing leaves until it is accepted', async () => {
    const { pictures, library, index, stats } = await prepare();
    await index(0, pictures, '--hidden');
    const refused = await askEidetic(['index', pictures, '--exclude', 'drafts', '--library', library]);
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /\b2\b/);
    assert.match(refused.stderr, /drafts\/10\.jpg/);
    assert.match(refused.stderr, /--accept-rules/);
    assert.equal((await stats()).files, 7);
    assert.deepEqual((await stats()).roots[0]?.rules.exclude, []);
    assert.equal((await index(0)).found, 7);
    const accepted = await index(0, pictures, '--exclude', 'drafts', '--accept-rules');
    assert.deepEqual([accepted.excluded, accepted.removed, accepted.unchanged], [2, 0, 5]);
    assert.equal((await index(0)).found, 5);
  });

  it('hold for jobs and for a server that watches', async () => {
    const { pictures, library, index } = await prepare();
    await index(0, pictures, '--exclude', 'drafts');
    const server = await serveEidetic(library, ['--watch', '--allow-index', pictures]);
    try {
      const client = createEideticClient({ address: server.address });
      await drawNumbered(20)
        .jpeg()
        .toFile(join(pictures, 'drafts', '20.jpg'));
      await drawNumbered(21).jpeg().toFile(join(pictures, '21.jpg'));
      const shown = async () =>
        (await client.pictures()).pictures
          .flatMap(({ files }) => files)
          .filter((path) => path.endsWith('21.jpg'));
      await until('the watched picture is there', async () => (await shown()).length === 1);
      const { id } = await client.addJob(pictures);
      for await (const job of client.watchJob(id)) {
        assert.notEqual(job.state, 'failed');
      }
      const files = (await client.pictures()).pictures.flatMap((picture) => picture.files);
      assert.equal(files.length, 5);
      assert.ok(!files.some((path) => path.includes('drafts')));
    } finally {
      await server.stop();
    }
  });

  it('are those of the innermost folder', async () => {
    const { pictures, index } = await prepare();
    assert.equal((await index(0, pictures, '--exclude', 'drafts')).found, 4);
    assert.equal((await index(0, join(pictures, 'drafts'))).found, 2);
    const both = await index(0, pictures);
    assert.deepEqual([both.found, both.excluded, both.removed], [6, 0, 0]);
  });
});
