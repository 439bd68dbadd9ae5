import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { acquireLibraryLock } from '../../src/storage/library-lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const LOCK_MODULE = new URL('../../src/storage/library-lock.js', import.meta.url).href;

async function holdInOtherProcess(folder: string) {
  const script = `import(${JSON.stringify(LOCK_MODULE)}).then(({ acquireLibraryLock }) => {
    acquireLibraryLock(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000); });`;
  const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  return holder;
}

describe('library lock', () => {
  it('is refused while another process holds it, naming that process', async () => {
    const folder = temporaryFolder();
    const holder = await holdInOtherProcess(folder);
    assert.throws(() => acquireLibraryLock(folder), {
      code: 'CATALOG_BUSY',
      message: new RegExp(`process ${holder.pid}`),
      details: { pid: holder.pid },
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
  });

  it('is free again after its process was killed', async () => {
    const folder = temporaryFolder();
    const holder = await holdInOtherProcess(folder);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    acquireLibraryLock(folder).release();
  });

  it('is refused to this process too while it holds it, and free after release', () => {
    const folder = temporaryFolder();
    const lock = acquireLibraryLock(folder);
    assert.throws(() => acquireLibraryLock(folder), { code: 'CATALOG_BUSY' });
    lock.release();
    acquireLibraryLock(folder).release();
  });
});
