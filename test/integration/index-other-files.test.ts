import assert from 'node:assert/strict';
import { renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import { failureOf } from '../../src/domain/failure.ts';
import { judgeFile } from '../../src/imaging/judge-file.ts';
import { collect } from '../support/collect.ts';
import { CountingEmbedder } from '../support/counting-embedder.ts';
import { indexRun } from '../support/index-run.ts';

/** For the embedder any text is a picture; to be taken for one by its first bytes it must begin so. */
const gif = (text: string) => `GIF89a ${text}`;

/** A run that judges files as the program does, and counts how many it looked into. */
async function judgingRun(files: Readonly<Record<string, string>>) {
  const embedder = new CountingEmbedder();
  const seen: string[] = [];
  embedder.judgeFile = (start) => {
    seen.push(start.path);
    return judgeFile(start);
  };
  return { run: await indexRun(files, { embedder }), embedder, seen };
}

const MESS = {
  'a.gif': gif('one'),
  'a.xmp': '<x:xmpmeta/>',
  'a.gif.json': '{}',
  'b.XMP': '<x:xmpmeta/>',
  notes: 'some text',
  'raw.cr2': 'II*\0\x10\0\0\0CR\x02\0',
  'page.jpg': '<!DOCTYPE html><html>',
};

describe('files that are no pictures', () => {
  it('are counted by their endings, and are no failures', async () => {
    const { run, embedder } = await judgingRun(MESS);
    const summary = await run.index();
    const { found, indexed, failed, unsupported, others } = summary;
    assert.deepEqual([found, indexed, failed, unsupported, others], [7, 1, 1, 1, 4]);
    assert.deepEqual(Object.entries(summary.otherEndings), [
      ['.xmp', 2],
      ['', 1],
      ['.json', 1],
    ]);
    assert.deepEqual(summary.unsupportedEndings, { '.cr2': 1 });
    assert.deepEqual(embedder.described, [gif('one')]);
    assert.deepEqual(await run.failures(), ['root/page.jpg', 'root/raw.cr2']);
    const counts = await run.catalog.pictures.counts();
    assert.deepEqual([counts.files, counts.failures, counts.unsupported, counts.others], [1, 1, 1, 4]);
  });

  it('are not looked into again until they change, and are counted the same', async () => {
    const { run, seen } = await judgingRun(MESS);
    const first = await run.index();
    seen.length = 0;
    const again = await run.index();
    assert.deepEqual(seen, []);
    assert.deepEqual([again.unchanged, again.stillFailed, again.failed], [1, 1, 0]);
    for (const name of ['found', 'unsupported', 'unsupportedEndings', 'others', 'otherEndings'] as const) {
      assert.deepEqual(again[name], first[name], name);
    }
    run.write({ 'root/notes': gif('two') });
    const changed = await run.index();
    assert.deepEqual([seen, changed.indexed, changed.others], [[join(run.root, 'notes')], 1, 3]);
  });

  it('are told by their start alone, however large they are', async () => {
    const { run } = await judgingRun({ 'a.gif': gif('one'), 'movie.mov': '\0\0\0\x14ftypqt  \0\0\0\0qt  ' });
    truncateSync(join(run.root, 'movie.mov'), 50 * 2 ** 30);
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.others, summary.failed], [1, 1, 0]);
  });

  it('are forgotten when they are gone, and are nothing that the library lost', async () => {
    const { run } = await judgingRun(MESS);
    await run.index();
    rmSync(join(run.root, 'a.xmp'));
    rmSync(join(run.root, 'raw.cr2'));
    const summary = await run.index();
    assert.deepEqual([summary.found, summary.others, summary.unsupported, summary.removed], [5, 3, 0, 0]);
    assert.equal((await collect(run.catalog.files.otherFiles())).length, 3);
    const ruled = await run.index({ rules: { exclude: ['*.json'] } });
    assert.deepEqual([ruled.excluded, ruled.others], [0, 2]);
  });

  it('are no failures any more in a library that took them for such', async () => {
    const { run } = await judgingRun(MESS);
    await run.index();
    const others = await collect(run.catalog.files.otherFiles());
    const message = 'Found plain text, expected a JPEG or another picture; leave it out.';
    await run.catalog.files.commit({
      files: [],
      failures: others.map(({ stamp }) =>
        failureOf(stamp, new EideticError('FORMAT_UNSUPPORTED', message), {
          retry: 'changed',
          conditions: 'of an older version',
        }),
      ),
      removed: [],
    });
    assert.equal((await run.catalog.pictures.counts()).unsupported, 5);
    const summary = await run.index();
    assert.deepEqual([summary.others, summary.unsupported, summary.failed], [4, 1, 0]);
    assert.equal((await run.catalog.pictures.counts()).unsupported, 1);
  });

  it('are failures where a picture was, which stays', async () => {
    const { run } = await judgingRun({ scan: gif('one'), 'b.gif': gif('two') });
    await run.index();
    run.write({ 'root/scan': 'text now' });
    const summary = await run.index();
    assert.deepEqual([summary.failed, summary.others], [1, 0]);
    assert.match((await collect(run.catalog.files.failures()))[0]?.message ?? '', /held a picture when/);
    assert.equal((await run.catalog.pictures.counts()).pictures, 2);
  });

  it('are found again where they were moved to', async () => {
    const { run } = await judgingRun(MESS);
    await run.index();
    renameSync(join(run.root, 'a.xmp'), join(run.root, 'c.xmp'));
    const summary = await run.index();
    assert.deepEqual([summary.others, summary.moved, summary.removed], [4, 0, 0]);
    assert.equal((await run.catalog.pictures.counts()).others, 4);
  });
});
