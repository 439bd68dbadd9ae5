import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileLedger } from '../../src/domain/file-ledger.ts';
import type { IndexSummary } from '../../src/indexer/index-files.ts';
import { CountingEmbedder } from '../support/counting-embedder.ts';
import { forgetStamps, type IndexRun, indexRun } from '../support/index-run.ts';

/** Adds up as IndexSummary promises. */
function assertAddsUp(summary: IndexSummary): void {
  const { found, unchanged, indexed, moved, stillFailed, failed, unsupported, others } = summary;
  assert.equal(found, unchanged + indexed + moved + stillFailed + failed + unsupported + others);
}

const FILES = { 'a.jpg': 'one', 'sub/b.jpg': 'two', 'sub/c.jpg': 'one', 'bad.jpg': 'bad' };

describe('an index run', () => {
  it('counts every file once and embeds every picture once', async () => {
    const run = await indexRun(FILES);
    const first = await run.index();
    assertAddsUp(first);
    assert.deepEqual([first.found, first.indexed, first.embedded, first.failed], [4, 3, 2, 1]);
    const second = await run.index();
    assertAddsUp(second);
    assert.deepEqual([second.unchanged, second.stillFailed, second.embedded], [3, 1, 0]);
  });

  it('reads a file again whose inode or change time differs, and embeds nothing for it', async () => {
    const run = await indexRun(FILES);
    await run.index();
    chmodSync(join(run.root, 'a.jpg'), 0o600);
    const moved = join(run.root, 'sub/b.jpg');
    const { mtime } = statSync(moved);
    copyFileSync(moved, `${moved}.new`);
    utimesSync(`${moved}.new`, mtime, mtime);
    renameSync(`${moved}.new`, moved);
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.embedded, summary.unchanged], [2, 0, 1]);
    assert.equal((await run.index()).unchanged, 3);
  });

  it('fills in what the catalog did not know of unchanged files, without reading them', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await run.index();
    const before = await run.known('root/a.jpg');
    forgetStamps(run);
    assert.equal((await run.known('root/a.jpg'))?.indexed?.stamp.inode, null);
    const summary = await run.index();
    assert.deepEqual([summary.unchanged, summary.indexed], [2, 0]);
    assert.deepEqual(await run.known('root/a.jpg'), before);
  });

  it('describes a picture by all models at once when one has not described it', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await run.index();
    const embedder = new CountingEmbedder(['seeded-model', 'another']);
    const [model] = embedder.models;
    assert.ok(model);
    await run.catalog.models.add('another', model.manifest);
    run.write({ 'root/c.jpg': 'one' });
    const summary = await run.index({}, { embedder });
    assert.deepEqual([summary.indexed, summary.embedded, embedder.described.length], [3, 2, 2]);
    assert.deepEqual((await run.catalog.pictures.counts()).described, { 'seeded-model': 2, another: 2 });
    assert.equal((await run.index({}, { embedder })).unchanged, 3);
    assert.equal((await run.index()).unchanged, 3);
  });

  it('tells what moved from what is gone', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two', 'c.jpg': 'three', 'd.jpg': 'four' });
    run.write({ 'other/e.jpg': 'five' });
    const other = join(run.folder, 'other');
    await run.index({ roots: [other, run.root] });
    renameSync(join(run.root, 'a.jpg'), join(run.root, 'z.jpg'));
    renameSync(join(run.root, 'b.jpg'), join(other, 'b.jpg'));
    copyFileSync(join(run.root, 'd.jpg'), join(run.root, 'copy of d.jpg'));
    rmSync(join(run.root, 'c.jpg'));
    const summary = await run.index({ roots: [] });
    assert.deepEqual(
      [summary.moved, summary.removed, summary.indexed, summary.embedded, summary.unchanged],
      [2, 1, 1, 0, 2],
    );
    assert.deepEqual(summary.moves, [
      { from: run.root, to: other, files: 1 },
      { from: run.root, to: run.root, files: 1 },
    ]);
    assertAddsUp(summary);
    const found = async (text: string) => {
      const contentHash = createHash('sha256').update(text).digest('hex');
      return (await run.catalog.files.findByHash(contentHash, [])) !== null;
    };
    assert.deepEqual([await found('one'), await found('three')], [true, false]);
  });

  it('follows two files that swapped names', async () => {
    const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two' });
    await run.index();
    const [a, b] = [join(run.root, 'a.jpg'), join(run.root, 'b.jpg')];
    const before = (await run.known('root/a.jpg'))?.indexed?.pictureId;
    renameSync(a, `${a}.tmp`);
    renameSync(b, a);
    renameSync(`${a}.tmp`, b);
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.embedded, summary.removed], [2, 0, 0]);
    assert.equal((await run.known('root/b.jpg'))?.indexed?.pictureId, before);
  });

  it('keeps what was finished and removes nothing when it is stopped', async () => {
    const run = await indexRun(
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.jpg`, `${i}`])),
    );
    await run.index();
    for (let i = 0; i < 40; i++) {
      run.write({ [`root/${i}.jpg`]: `new ${i}` });
    }
    rmSync(join(run.root, '7.jpg'));
    const stop = new AbortController();
    const summary = await run.index({}, {}, ({ phase }) => phase === 'embed' && stop.abort(), stop.signal);
    assert.deepEqual([summary.interrupted, summary.removed], [true, 0]);
    assert.ok(summary.indexed > 0 && summary.indexed < 39, `${summary.indexed} files indexed`);
    assert.equal((await run.files()).length, 40);
    const rest = await run.index();
    assert.deepEqual([rest.indexed, rest.removed], [39 - summary.indexed, 1]);
  });

  describe('that meets another process which removes a picture that it has looked up', () => {
    /** Between looking up the picture of `a.jpg` and committing it, the picture is removed and something is done. */
    async function raced(andThen: (run: IndexRun) => void) {
      const run = await indexRun({ 'a.jpg': 'one', 'b.jpg': 'two' });
      await run.index();
      const { files } = run.catalog;
      await files.commit({ files: [], failures: [], removed: [join(run.root, 'a.jpg')] });
      let pruned = 0;
      const ledger: FileLedger = {
        ...files,
        async commit(batch) {
          pruned += (await files.pruneOrphans()).length;
          andThen(run);
          return files.commit(batch);
        },
      };
      const summary = await run.index({}, { files: ledger });
      assert.equal(pruned, 1);
      assertAddsUp(summary);
      return { run, summary };
    }

    it('describes it again', async () => {
      const { run, summary } = await raced(() => {});
      assert.deepEqual([summary.indexed, summary.embedded, summary.failed], [1, 1, 0]);
      assert.equal((await run.index()).unchanged, 2);
    });

    it('counts its file as failed when that cannot be described any more', async () => {
      const { run, summary } = await raced(({ write }) => write({ 'root/a.jpg': 'bad' }));
      assert.deepEqual([summary.indexed, summary.embedded, summary.failed], [0, 0, 1]);
      assert.deepEqual(await run.failures(), ['root/a.jpg']);
    });
  });

  it('lets the index follow every commit and saves it at the end', async () => {
    const run = await indexRun(FILES);
    const told: string[] = [];
    const index = {
      keepUp: async () => void told.push('keepUp'),
      save: async () => void told.push('save'),
    };
    await run.index({}, { index });
    assert.ok(told.length >= 3);
    assert.deepEqual(told.slice(-2), ['keepUp', 'save']);
    assert.deepEqual(new Set(told.slice(0, -1)), new Set(['keepUp']));
  });

  it('waits for uploads before it removes what is gone', async () => {
    const run = await indexRun(FILES);
    await run.index();
    rmSync(join(run.root, 'a.jpg'));
    const upload = await run.parts.lock.acquire('upload');
    let isOver = false;
    const running = run.index().finally(() => {
      isOver = true;
    });
    await sleep(300);
    assert.deepEqual([isOver, (await run.files()).length], [false, 3]);
    await upload.release();
    assert.equal((await running).removed, 1);
  });

  it('keeps a file that has come back before its end', async () => {
    const run = await indexRun(FILES);
    await run.index();
    rmSync(join(run.root, 'a.jpg'));
    rmSync(join(run.root, 'sub/b.jpg'));
    const lock: IndexRun['parts']['lock'] = {
      acquire(scope, patienceMs) {
        run.write({ 'root/a.jpg': 'one' });
        return run.parts.lock.acquire(scope, patienceMs);
      },
    };
    assert.equal((await run.index({}, { lock })).removed, 1);
    assert.equal((await run.index()).indexed, 1);
    assert.deepEqual(await run.files(), ['root/a.jpg', 'root/sub/c.jpg']);
  });

  it('leaves no file of its plan behind, not even one of a run that was killed', async () => {
    const run = await indexRun(FILES);
    const { spoolFolder } = run.parts;
    mkdirSync(spoolFolder);
    writeFileSync(join(spoolFolder, 'plan-0123456789abcdef.jsonl'), 'left');
    writeFileSync(join(spoolFolder, 'notes.txt'), 'of somebody');
    await run.index();
    assert.deepEqual(readdirSync(spoolFolder), ['notes.txt']);
  });

  it('scans neither the library nor its uploads, nor through a link', async () => {
    const run = await indexRun();
    const library = join(run.folder, 'library');
    run.write({ 'a.jpg': 'one', 'library/uploads/b.jpg': 'two' });
    assert.ok(existsSync(library));
    const summary = await run.index({ roots: [run.folder] });
    assert.deepEqual([summary.found, summary.ignored], [1, { 'system folder': 1 }]);
  });
});

describe('files that were named one by one', () => {
  const listed = (run: IndexRun, ...names: string[]) =>
    run.index({ listed: names.map((name) => join(run.root, name)) });

  it('are indexed, compared and taken out by name', async () => {
    const run = await indexRun(FILES);
    const names = ['sub/c.jpg', 'a.jpg', 'sub/b.jpg', 'a.jpg'];
    const first = await listed(run, ...names);
    assertAddsUp(first);
    assert.deepEqual(
      [first.indexed, first.embedded, await run.files()],
      [3, 2, ['root/a.jpg', 'root/sub/b.jpg', 'root/sub/c.jpg']],
    );
    run.write({ 'root/a.jpg': 'three' });
    rmSync(join(run.root, 'sub/b.jpg'));
    const second = await listed(run, ...names);
    assert.deepEqual([second.indexed, second.removed, second.unchanged], [1, 1, 1]);
    assert.deepEqual(await run.catalog.files.roots(), []);
  });

  it('are away when their folder is empty or gone, and failures when nobody knew them', async () => {
    const run = await indexRun(FILES);
    await listed(run, 'a.jpg', 'sub/b.jpg', 'sub/c.jpg');
    rmSync(join(run.root, 'sub/b.jpg'));
    rmSync(join(run.root, 'sub/c.jpg'));
    const empty = await listed(run, 'sub/b.jpg', 'sub/c.jpg', 'sub/unknown.jpg');
    assert.deepEqual([empty.removed, empty.awayFiles, empty.failed], [0, 2, 1]);
    assert.deepEqual(
      empty.away.map(({ path, files }) => [path, files]),
      [[join(run.root, 'sub'), 2]],
    );
    rmSync(join(run.root, 'sub'), { recursive: true });
    const gone = await listed(run, 'sub/b.jpg', 'sub/c.jpg');
    assert.deepEqual([gone.removed, gone.awayFiles, gone.away[0]?.path], [0, 2, join(run.root, 'sub')]);
    assert.equal((await run.files()).length, 3);
    const accepted = await run.index({ listed: [join(run.root, 'sub/b.jpg')], allowEmpty: true });
    assert.equal(accepted.removed, 1);
  });

  it('stay what a link led to when they were let in through it', async () => {
    const run = await indexRun(FILES);
    const link = join(run.folder, 'link.jpg');
    symlinkSync(join(run.root, 'a.jpg'), link);
    const refused = await run.index({ listed: [link] });
    assert.equal(refused.failed, 1);
    assert.equal((await run.index({ listed: [link], rules: { followSymlinks: true } })).indexed, 1);
    assert.equal((await run.index({ listed: [link] })).unchanged, 1);
    rmSync(join(run.root, 'a.jpg'));
    const away = await run.index({ listed: [link] });
    assert.deepEqual([away.removed, away.awayFiles], [0, 1]);
  });

  it('keep their pictures when they are no files any more', async () => {
    const run = await indexRun(FILES);
    await listed(run, 'a.jpg');
    rmSync(join(run.root, 'a.jpg'));
    mkdirSync(join(run.root, 'a.jpg'));
    const summary = await listed(run, 'a.jpg');
    assert.deepEqual([summary.failed, summary.removed], [1, 0]);
    assert.deepEqual([await run.files(), await run.failures()], [['root/a.jpg'], ['root/a.jpg']]);
  });
});
