import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { makeTemporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

interface Stats {
  readonly pictures: number;
  readonly files: number;
  readonly failures: number;
}

function draw(path: string, red: number): Promise<unknown> {
  const background = { r: red, g: 40, b: 255 - red };
  return sharp({ create: { width: 96, height: 64, channels: 3, background } })
    .jpeg()
    .toFile(path);
}

describe('eidetic watch', () => {
  it('keeps a library current while other commands use it, and ends by Ctrl-C with 0', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const photos = join(folder, 'photos');
    const library = ['--library', join(folder, 'library')];
    await mkdir(photos);
    await draw(join(photos, 'a.jpg'), 10);
    await draw(join(photos, 'b.jpg'), 90);

    let watcher: ChildProcess | undefined;
    let said = '';
    const ended = runEidetic(['watch', photos, ...library], {
      onStart: (child) => {
        watcher = child;
        child.stderr?.on('data', (piece) => {
          said += piece;
        });
      },
    });
    t.after(() => watcher?.kill('SIGKILL'));
    await until('the folder is indexed', () => said.includes('Watching '));
    await draw(join(photos, 'c.jpg'), 200);
    await writeFile(join(photos, 'broken.jpg'), 'no picture');
    rmSync(join(photos, 'a.jpg'));
    renameSync(join(photos, 'b.jpg'), join(photos, 'moved.jpg'));
    await until('what is gone is noticed', () => said.includes('1 gone'));
    const { pictures, files, failures } = await eideticJson<Stats>(['stats', '--json', ...library]);
    assert.deepEqual({ pictures, files, failures }, { pictures: 2, files: 2, failures: 1 });

    watcher?.kill('SIGINT');
    assert.equal((await ended).exitCode, 0);
  });

  it('says what is wrong when there is nothing to watch', async (t) => {
    const folder = await makeTemporaryFolder(t);
    const unnamed = await runEidetic(['watch', '--library', join(folder, 'library')]);
    assert.equal(unnamed.exitCode, 4);
    assert.match(unnamed.stderr, /There is no library .*eidetic index FOLDER/);
  });
});
