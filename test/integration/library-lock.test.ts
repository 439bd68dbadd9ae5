import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { LockScope } from '../../src/domain/library-lock.ts';
import { sqliteLibraryLock } from '../../src/storage/sqlite-library-lock.ts';
import { makeMountFolder, runCommand } from '../support/mount-folder.ts';
import { refuses } from '../support/refuses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LOCK_MODULE = new URL('../../src/storage/sqlite-library-lock.js', import.meta.url).href;

const SCOPES = ['run', 'upload', 'index', 'maintenance'] as const satisfies readonly LockScope[];

/** Holds a lock in another process, without keeping what was given for it, until a line comes or it is killed. */
async function holdInOtherProcess(t: TestContext, library: string, scope: LockScope): Promise<ChildProcess> {
  const script = `
    import { sqliteLibraryLock } from ${JSON.stringify(LOCK_MODULE)};
    await sqliteLibraryLock(${JSON.stringify(library)}).acquire('${scope}');
    for (let n = 0; n < 3; n++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 20)); // finalizers run after a collection, not in it
    }
    console.log('held');
    process.stdin.once('data', () => process.exit());
  `;
  const flags = ['--expose-gc', '--input-type=module', '--eval', script];
  const holder = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  return holder;
}

describe('library lock', () => {
  it('is refused while another process holds it, naming that process and what for', async (t) => {
    const library = temporaryFolder();
    const holder = await holdInOtherProcess(t, library, 'upload');
    const error = await refuses(
      sqliteLibraryLock(library).acquire('upload'),
      'CATALOG_BUSY',
      new RegExp(`held by process ${holder.pid} for uploads.*wait until it is done`),
    );
    assert.deepEqual(error.details, { pid: holder.pid });
  });

  it('is free again after its process was killed', async (t) => {
    const library = temporaryFolder();
    const holder = await holdInOtherProcess(t, library, 'maintenance');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await (await sqliteLibraryLock(library).acquire('maintenance')).release();
  });

  it('is refused to this process too while it holds it, and free after release', async () => {
    const library = temporaryFolder();
    const lock = sqliteLibraryLock(library);
    const held = await lock.acquire('run');
    await refuses(lock.acquire('run'), 'CATALOG_BUSY', /an index run/);
    await refuses(sqliteLibraryLock(library).acquire('run'), 'CATALOG_BUSY', /an index run/);
    await held.release();
    await held.release();
    await (await lock.acquire('run')).release();
    assert.deepEqual(readdirSync(join(library, 'locks')).sort(), ['run.lock'], 'nobody is named any more');
  });

  it('keeps others of its scope away and no one else, but for maintenance, which all exclude', async () => {
    const library = temporaryFolder();
    const lock = sqliteLibraryLock(library);
    for (const held of SCOPES) {
      const holding = await lock.acquire(held);
      for (const wanted of SCOPES) {
        if (held === wanted || held === 'maintenance' || wanted === 'maintenance') {
          await refuses(lock.acquire(wanted), 'CATALOG_BUSY', new RegExp(`process ${process.pid}`));
        } else {
          await (await lock.acquire(wanted)).release();
        }
      }
      await holding.release();
    }
  });

  it('says that maintenance holds a lock that it took along', async () => {
    const lock = sqliteLibraryLock(temporaryFolder());
    const held = await lock.acquire('maintenance');
    await refuses(lock.acquire('index'), 'CATALOG_BUSY', /for maintenance/);
    await held.release();
  });

  it('takes nothing when maintenance cannot have all', async () => {
    const lock = sqliteLibraryLock(temporaryFolder());
    const held = await lock.acquire('index');
    await refuses(lock.acquire('maintenance'), 'CATALOG_BUSY', /the saving of an index/);
    await (await lock.acquire('run')).release();
    await (await lock.acquire('upload')).release();
    await held.release();
  });

  it('is waited for as long as patience lasts', async (t) => {
    const library = temporaryFolder();
    const lock = sqliteLibraryLock(library);
    const holder = await holdInOtherProcess(t, library, 'run');
    await refuses(lock.acquire('run', 120), 'CATALOG_BUSY', /an index run/);
    const waiting = lock.acquire('run', 60_000);
    await setTimeout(120);
    holder.stdin?.write('go\n');
    await (await waiting).release();
  });

  it('goes to one at a time of many who wait for it', async () => {
    const library = temporaryFolder();
    let holders = 0;
    const work = async () => {
      const held = await sqliteLibraryLock(library).acquire('upload', 60_000);
      holders++;
      assert.equal(holders, 1);
      await setTimeout(1);
      holders--;
      await held.release();
    };
    await Promise.all(Array.from({ length: 8 }, work));
  });

  it('is had and given back where its note cannot be written, and does not name who held it before', async () => {
    const library = temporaryFolder();
    const lock = sqliteLibraryLock(library);
    const note = join(library, 'locks', 'run.pid');
    mkdirSync(join(note, 'in the way'), { recursive: true });
    const held = await lock.acquire('run');
    const error = await refuses(lock.acquire('run'), 'CATALOG_BUSY', /held by another process;/);
    assert.deepEqual(error.details, { pid: null });
    await held.release();
    rmSync(note, { recursive: true });
    writeFileSync(note, '4194304 upload\n');
    const again = await lock.acquire('run');
    assert.equal(readFileSync(note, 'utf8'), `${process.pid} run\n`);
    await again.release();
  });

  it('does not make a library that is not there', async () => {
    const library = join(temporaryFolder(), 'gone');
    await refuses(sqliteLibraryLock(library).acquire('run'), 'NOT_FOUND', /no library in .*gone/);
  });

  it('is refused with READ_ONLY where nothing can be written', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const library = mounts.mount('library', '-t', 'tmpfs', 'none');
    const lock = sqliteLibraryLock(library);
    for (const hadLocks of [false, true]) {
      if (hadLocks) {
        await (await lock.acquire('maintenance')).release();
      }
      runCommand('mount', '-o', 'remount,ro', library);
      for (const scope of SCOPES) {
        await refuses(lock.acquire(scope), 'READ_ONLY', /cannot be written to; check/);
      }
      runCommand('mount', '-o', 'remount,rw', library);
    }
  });

  it('is refused with STORAGE_FULL on a full disk, and leaves nothing locked', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const library = mounts.mount('library', '-t', 'tmpfs', '-o', 'size=64k', 'none');
    const lock = sqliteLibraryLock(library);
    const ballast = join(library, 'ballast');
    assert.throws(() => writeFileSync(ballast, Buffer.alloc(1024 * 1024)), { code: 'ENOSPC' });
    await refuses(lock.acquire('maintenance'), 'STORAGE_FULL', /full.*free some space/);
    rmSync(ballast);
    await (await lock.acquire('maintenance')).release();
  });
});
