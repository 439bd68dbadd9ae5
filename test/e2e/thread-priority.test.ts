import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PICTURES = 4;

/** How much each thread of a process gives way (0 to 19), by its id; of one that has ended, nothing. */
function niceOfThreads(pid: number): Map<number, number> {
  const nice = new Map<number, number>();
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'latin1');
      // The name comes second and may hold anything; nice is the 17th after it (proc(5)).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      nice.set(Number(thread), Number(fields[16]));
    }
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
  return nice;
}

describe('threads that embed', { skip: process.platform !== 'linux' && 'only Linux has them' }, () => {
  const folder = temporaryFolder();
  const library = join(folder, 'library');
  let paths: string[] = [];
  const own = niceOfThreads(process.pid).get(process.pid) ?? 0;

  before(async () => {
    paths = await drawPictureFolder(join(folder, 'pictures'), PICTURES);
  });

  /** Indexes in a process of its own; how much its threads gave way, and how many there were at most. */
  async function watchedIndex(library: string, environment: Record<string, string> = {}) {
    const seen = new Set<number>();
    let most = 0;
    let isOver = false;
    let watching = Promise.resolve();
    const watch = async (pid: number) => {
      while (!isOver) {
        const nice = niceOfThreads(pid);
        most = Math.max(most, nice.size);
        for (const value of nice.values()) {
          seen.add(value);
        }
        await sleep(10);
      }
    };
    const { exitCode, stderr } = await runEidetic(['index', join(folder, 'pictures'), '--library', library], {
      environment,
      onStart: (child) => {
        watching = watch(child.pid ?? 0);
        child.once('exit', () => {
          isOver = true;
        });
      },
    });
    await watching;
    assert.equal(exitCode, 0, stderr);
    return { nice: [...seen], threads: most };
  }

  it('have the priority of any other when a run indexes', async () => {
    const { nice, threads } = await watchedIndex(library);
    assert.ok(threads > 1, 'no threads were seen');
    assert.deepEqual(nice, [own]);
  });

  it('share libuv’s with reads, as many as a person says, else one for each core and read', async () => {
    const few = await watchedIndex(join(folder, 'few'), { UV_THREADPOOL_SIZE: '1' });
    const usual = await watchedIndex(join(folder, 'usual'));
    const expected = Math.max(4, availableParallelism()) + 8 - 1;
    // Others, such as those that collect garbage, come and go.
    const more = usual.threads - few.threads;
    assert.ok(more >= expected - 2, `${few.threads} threads, then ${usual.threads}`);
  });

  it('give way to the one that answers in a server', async () => {
    const server = await serveEidetic(library);
    try {
      const pid = server.process.pid ?? 0;
      const answer = await fetch(`${server.address}/v1/search`, {
        method: 'POST',
        headers: { 'Content-Type': 'image/jpeg' },
        body: readFileSync(paths[0] ?? ''),
      });
      assert.equal(answer.status, 200, await answer.text());
      const nice = niceOfThreads(pid);
      assert.equal(nice.get(pid), own);
      assert.ok([...nice.values()].includes(Math.max(10, own)), `nice: ${[...nice.values()]}`);
    } finally {
      await server.stop();
    }
  });
});
