import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { EideticError } from '../../src/domain/errors.ts';
import { failureOf, unseenStamp } from '../../src/domain/failure.ts';
import { DEFAULT_PICTURE_LIMITS } from '../../src/domain/picture-limits.ts';
import type { FoundFile } from '../../src/indexer/found-files.ts';
import type { IndexRequest } from '../../src/indexer/index-request.ts';
import { makePlan } from '../../src/indexer/make-plan.ts';
import { type Scan, scanFolder } from '../../src/indexer/scan-folder.ts';
import { collect } from '../support/collect.ts';
import { type IndexRun, indexRun } from '../support/index-run.ts';

function requestOf(run: IndexRun, parts: Partial<IndexRequest> = {}): IndexRequest {
  return {
    roots: [run.root],
    ...{ listed: [], rules: {}, acceptRules: false, force: false, allowEmpty: false },
    libraryFolder: join(run.folder, 'library'),
    uploadsFolder: join(run.folder, 'library/uploads'),
    limits: DEFAULT_PICTURE_LIMITS,
    ...parts,
  };
}

function planOf(run: IndexRun, request: IndexRequest, scan?: Scan) {
  return makePlan(run.parts, request, () => {}, new AbortController().signal, scan);
}

const FILES = { 'a.jpg': 'one', 'b.jpg': 'two', 'sub/c.jpg': 'three', 'sub/d.jpg': 'four' };

/** A scan to which some paths answer with an error, though whoever looks again may see them. */
function failingScan(paths: { readonly folder?: string; readonly file?: string }): Scan {
  return async function* (target, devices, report): AsyncGenerator<FoundFile> {
    for await (const found of scanFolder(target, devices, report)) {
      if (found.path === paths.file) {
        yield { path: found.path, stamp: null, problem: 'the device reports an error' };
      } else if (paths.folder === undefined || !found.path.startsWith(`${paths.folder}/`)) {
        yield found;
      }
    }
    if (paths.folder !== undefined) {
      await report.onUnlistable(paths.folder, 'the device reports an error');
    }
  };
}

describe('a plan', () => {
  it('keeps what lies below a folder that the scan could not list, even if it can be listed now', async () => {
    const run = await indexRun(FILES);
    await run.index();
    const folder = join(run.root, 'sub');
    rmSync(join(folder, 'c.jpg'));
    const plan = await planOf(run, requestOf(run, { allowEmpty: true }), failingScan({ folder }));
    assert.deepEqual([plan.removed.count, plan.failures.count, plan.away.files], [0, 1, 2]);
    assert.deepEqual(plan.away.list(), [
      {
        path: folder,
        reason: 'it cannot be listed: the device reports an error; mend that and index again',
        files: 2,
      },
    ]);
    await plan.close();
  });

  it('has a failure, and no removal, for a file that the scan could not look at', async () => {
    const run = await indexRun(FILES);
    await run.index();
    const plan = await planOf(run, requestOf(run), failingScan({ file: join(run.root, 'b.jpg') }));
    assert.deepEqual([plan.removed.count, plan.away.files, plan.unchanged, plan.found], [0, 0, 3, 4]);
    const [failure] = await collect(plan.failures);
    assert.deepEqual([failure?.path, failure?.retry], [join(run.root, 'b.jpg'), 'next-run']);
    await plan.close();
  });

  it('keeps files that are there though the scan has not given them', async () => {
    const run = await indexRun(FILES);
    await run.index();
    const blind: Scan = async function* (target, devices, report): AsyncGenerator<FoundFile> {
      for await (const found of scanFolder(target, devices, report)) {
        if (found.path.endsWith('a.jpg')) {
          yield found;
        }
      }
    };
    const plan = await planOf(run, requestOf(run, { allowEmpty: true }), blind);
    assert.deepEqual([plan.removed.count, plan.excluded.count, plan.away.files], [0, 0, 3]);
    assert.match(plan.away.list()[0]?.reason ?? '', /there, but could not be looked at/);
    await plan.close();
  });

  it('forgets the failure of a folder before it may fail again, and takes it for no file that is gone', async () => {
    const run = await indexRun(FILES);
    await run.index();
    const folder = join(run.root, 'sub');
    const error = new EideticError('IMAGE_UNREADABLE', 'The folder cannot be listed.');
    const failure = failureOf(unseenStamp(folder), error, { retry: 'next-run', conditions: '' });
    await run.catalog.files.commit({ files: [], failures: [failure], removed: [] });
    const plan = await planOf(run, requestOf(run), failingScan({ folder }));
    assert.deepEqual(await collect(plan.mended), [folder]);
    assert.deepEqual(
      (await collect(plan.failures)).map(({ path }) => path),
      [folder],
    );
    assert.equal(plan.removed.count, 0);
    await plan.close();
    const summary = await run.index();
    assert.deepEqual([summary.removed, summary.unchanged, await run.failures()], [0, 4, []]);
  });

  it('is refused for a root that nobody knows and that cannot be listed', async () => {
    const run = await indexRun(FILES);
    const blind: Scan = async function* ({ path }, _devices, report): AsyncGenerator<FoundFile> {
      await report.onUnlistable(path, 'permission denied');
      yield* [];
    };
    await assert.rejects(planOf(run, requestOf(run), blind), {
      code: 'NOT_FOUND',
      message: /root: permission denied\. Nothing was changed/,
    });
    await run.index();
    const plan = await planOf(run, requestOf(run, { allowEmpty: true }), blind);
    assert.deepEqual([plan.away.files, plan.removed.count, plan.failures.count], [4, 0, 1]);
    await plan.close();
  });

  it('changes nothing in the catalog', async () => {
    const run = await indexRun(FILES);
    await run.index();
    rmSync(join(run.root, 'a.jpg'));
    run.write({ 'root/b.jpg': 'new', 'root/e.jpg': 'five' });
    const before = await run.catalog.descriptors.position();
    const plan = await planOf(run, requestOf(run, { rules: { exclude: ['c.jpg'] }, acceptRules: true }));
    assert.deepEqual([plan.removed.count, plan.excluded.count, plan.pending.count], [1, 1, 2]);
    assert.equal(plan.rootsToStore.length, 1);
    assert.equal(await run.catalog.descriptors.position(), before);
    await plan.close();
  });

  it('ends at once when it is stopped', async () => {
    const run = await indexRun(FILES);
    const stop = new AbortController();
    await assert.rejects(
      makePlan(run.parts, requestOf(run), () => stop.abort(), stop.signal),
      { name: 'AbortError' },
    );
  });
});
