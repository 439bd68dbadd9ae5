import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import type { IndexSummary as Summary } from '../../src/indexer/index-files.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Failure {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

const PICTURES = 12;

describe('eidetic index, run again after the folder changed', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const library = join(folder, 'library');
  const template = join(folder, 'template');

  before(async () => {
    for (const path of await drawPictureFolder(pictures, PICTURES)) {
      utimesSync(path, 1_700_000_000, 1_700_000_000); // a copy keeps whole seconds to the bit
    }
    const first = await eideticJson<Summary>(['index', pictures, '--library', library, '--json']);
    assert.deepEqual([first.found, first.indexed, first.embedded], [PICTURES, PICTURES, PICTURES]);
    cpSync(pictures, join(template, 'pictures'), { recursive: true, preserveTimestamps: true });
    cpSync(library, join(template, 'library'), { recursive: true });
  });

  /** The folder of pictures, indexed once, as if no test had been before. */
  async function indexed() {
    for (const part of [pictures, library, `${pictures}-elsewhere`]) {
      rmSync(part, { recursive: true, force: true });
    }
    cpSync(join(template, 'pictures'), pictures, { recursive: true, preserveTimestamps: true });
    cpSync(join(template, 'library'), library, { recursive: true });
    const index = (expected = 0, ...flags: string[]) =>
      askEideticJson<Summary>(['index', pictures, '--library', library, '--json', ...flags], expected);
    await index(); // copies are other files to the catalog: read and hashed once more, not embedded
    const stats = () =>
      askEideticJson<{ pictures: number; files: number; failures: number }>([
        'stats',
        '--library',
        library,
        '--json',
      ]);
    const failures = () => askEideticJson<Failure[]>(['failures', '--library', library, '--json']);
    return { pictures, library, index, stats, failures };
  }

  it('reads nothing again when nothing changed, whether the folder is named or remembered', async () => {
    const { index, library } = await indexed();
    const again = await index();
    assert.deepEqual([again.unchanged, again.indexed, again.embedded], [PICTURES, 0, 0]);
    const remembered = await askEideticJson<Summary>(['index', '--library', library, '--json']);
    assert.equal(remembered.unchanged, PICTURES);
  });

  it('follows moved, copied, touched, changed and removed files without embedding known bytes again', async () => {
    const { pictures, index, stats } = await indexed();
    renameSync(join(pictures, 'part-0/0000.jpg'), join(pictures, 'part-3/moved.jpg'));
    cpSync(join(pictures, 'part-1/0001.jpg'), join(pictures, 'part-1/copy of 0001.jpg'));
    utimesSync(join(pictures, 'part-2/0002.jpg'), 1_000_000, 1_000_000);
    await drawNumbered(777).jpeg().toFile(join(pictures, 'part-3/0003.jpg'));
    rmSync(join(pictures, 'part-0/0004.jpg'));
    const summary = await index();
    assert.deepEqual(
      [summary.indexed, summary.moved, summary.embedded, summary.removed, summary.unchanged],
      [3, 1, 1, 1, PICTURES - 4],
    );
    assert.deepEqual(await stats().then(({ pictures: p, files }) => [p, files]), [PICTURES - 1, PICTURES]);
  });

  it('keeps the embeddings of two files that swapped names', async () => {
    const { pictures, index } = await indexed();
    const [a, b] = [join(pictures, 'part-0/0000.jpg'), join(pictures, 'part-1/0001.jpg')];
    renameSync(a, `${a}.tmp`);
    renameSync(b, a);
    renameSync(`${a}.tmp`, b);
    utimesSync(a, 1, 1);
    utimesSync(b, 2, 2);
    const summary = await index();
    assert.deepEqual([summary.indexed, summary.embedded], [2, 0]);
  });

  it('tries a failed file again when it has changed, and only then', async () => {
    const { pictures, index, failures } = await indexed();
    const bad = join(pictures, 'bad.jpg');
    writeFileSync(bad, 'this is no picture');
    assert.deepEqual(await index(1).then(({ failed, stillFailed }) => [failed, stillFailed]), [1, 0]);
    const [failure] = await failures();
    assert.equal(failure?.path, bad);
    assert.equal(failure?.code, 'IMAGE_UNREADABLE');
    assert.match(
      failure?.message ?? '',
      /name ends in \.jpg, but the file holds no picture: found plain text/,
    );
    assert.deepEqual(await index(1).then(({ failed, stillFailed }) => [failed, stillFailed]), [0, 1]);
    await drawNumbered(99).jpeg().toFile(bad);
    assert.deepEqual(
      await index(0).then(({ failed, stillFailed, indexed: n }) => [failed, stillFailed, n]),
      [0, 0, 1],
    );
    assert.deepEqual(await failures(), []);
  });

  it('embeds everything again with --force, to the same library', async () => {
    const { index, stats } = await indexed();
    assert.equal((await index(0, '--force')).embedded, PICTURES);
    assert.equal((await stats()).pictures, PICTURES);
  });

  it('passes over what the rules name, and counts it', async () => {
    const { pictures, index } = await indexed();
    for (const name of ['.git', 'node_modules', '@eaDir', '.hidden', 'trash']) {
      mkdirSync(join(pictures, name));
      await drawNumbered(5)
        .jpeg()
        .toFile(join(pictures, name, 'inside.jpg'));
    }
    await drawNumbered(6).jpeg().toFile(join(pictures, '.dot.jpg'));
    symlinkSync(join(pictures, 'part-0/0000.jpg'), join(pictures, 'link.jpg'));
    symlinkSync(pictures, join(pictures, 'circle'));
    const summary = await index(0, '--exclude', 'trash/**', '--exclude', 'trash', '--exclude=*.png');
    assert.equal(summary.found, PICTURES);
    assert.deepEqual(summary.ignored, { 'system folder': 3, hidden: 2, excluded: 1, 'symbolic link': 2 });
    const hidden = await index(0, '--hidden', '--exclude', 'trash');
    assert.equal(hidden.found, PICTURES + 2);
    const followed = await index(0, '--follow-symlinks', '--accept-rules');
    assert.equal(followed.found, PICTURES + 2, 'a file reached twice is taken once, and hidden ones stay in');
  });

  it('indexes files listed on stdin, with newlines or NUL bytes between them', async () => {
    const { pictures, library } = await indexed();
    await drawNumbered(50).jpeg().toFile(join(pictures, 'listed one.jpg'));
    await drawNumbered(51).jpeg().toFile(join(pictures, 'listed\ntwo.jpg'));
    const list = (stdin: string, ...flags: string[]) =>
      eideticJson<Summary>(['index', '--files-from', '-', '--library', library, '--json', ...flags], 0, {
        stdin: Buffer.from(stdin),
      });
    assert.equal((await list(`${join(pictures, 'listed one.jpg')}\n`)).indexed, 1);
    assert.equal((await list(`${join(pictures, 'listed\ntwo.jpg')}\0`, '-0')).indexed, 1);
  });

  it('does not empty the library when a folder is gone or suddenly empty, unless told so', async () => {
    const { pictures, library, index, stats } = await indexed();
    renameSync(pictures, `${pictures}-elsewhere`);
    const gone = await askEidetic(['index', pictures, '--library', library]);
    assert.equal(gone.exitCode, 9);
    assert.match(gone.stdout.toString(), /12 files that the library knows there stay in it/);
    mkdirSync(pictures);
    const empty = await index(9);
    assert.deepEqual([empty.removed, empty.awayFiles, empty.away[0]?.path], [0, PICTURES, pictures]);
    assert.equal((await stats()).files, PICTURES);
    assert.equal((await index(0, '--allow-empty')).removed, PICTURES);
    assert.equal((await stats()).files, 0);
  });

  it('forgets a folder that is gone for good, with its files, when told so', async () => {
    const { pictures, library, stats } = await indexed();
    rmSync(pictures, { recursive: true });
    const all = ['index', '--library', library, '--json'];
    assert.equal((await askEidetic(all)).exitCode, 9);
    assert.equal((await askEideticJson<Summary>([...all, '--allow-empty'])).removed, PICTURES);
    assert.equal((await stats()).files, 0);
    const none = await askEidetic(all);
    assert.match(none.stderr, /no folders yet/);
  });

  it('keeps what it knows below a folder that cannot be listed, and says that it could not', async (t) => {
    if (process.getuid?.() === 0) {
      t.skip('root may list every folder');
      return;
    }
    const { pictures, index, stats, failures } = await indexed();
    chmodSync(join(pictures, 'part-1'), 0o000);
    const summary = await index(9);
    chmodSync(join(pictures, 'part-1'), 0o755);
    assert.deepEqual([summary.removed, summary.failed], [0, 1]);
    assert.equal((await stats()).files, PICTURES);
    assert.match((await failures())[0]?.message ?? '', /permission denied/);
    assert.equal((await index()).unchanged, PICTURES);
  });

  it('refuses to run while another process writes to the library, naming it', async () => {
    const { pictures, library, index } = await indexed();
    const lock = await sqliteLibraryLock(library).acquire('run');
    const refused = await askEidetic(['index', pictures, '--library', library]);
    await lock.release();
    assert.equal(refused.exitCode, 6);
    assert.match(refused.stderr, new RegExp(`process ${process.pid}\\b`));
    assert.equal((await index()).unchanged, PICTURES);
  });
});
