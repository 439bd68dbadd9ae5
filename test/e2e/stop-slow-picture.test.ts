import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { readCatalog } from '../support/read-catalog.ts';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Summary {
  readonly indexed: number;
  readonly unchanged: number;
  readonly failed: number;
}

it('leaves a picture that takes long when it is stopped, keeps the others, and looks at it in the next run', async () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  await drawPictureFolder(pictures, 4);
  copyFileSync('test/fixtures/faults/slow.svg', join(pictures, 'slow.svg'));
  const folderOfLibrary = join(folder, 'library');
  const library = ['--library', folderOfLibrary];
  const stopped = await runEidetic(['index', pictures, ...library], {
    onStart: (child) => void stopOnceCommitted(child, folderOfLibrary, 4),
  });
  assert.equal(stopped.exitCode, 130, stopped.stderr);
  assert.match(stopped.stderr, /Ctrl-C again ends at once/);
  assert.doesNotMatch(stopped.stderr + stopped.stdout.toString(), /failed: /);
  const hurried = ['index', '--timeout', '1', '--json', ...library];
  const { indexed, unchanged, failed } = await eideticJson<Summary>(hurried, 1);
  assert.deepEqual({ indexed, unchanged, failed }, { indexed: 0, unchanged: 4, failed: 1 });
});

/** Ends a run as Ctrl-C does when so many of its files are in the catalog. */
async function stopOnceCommitted(child: ChildProcess, library: string, files: number): Promise<void> {
  while (child.exitCode === null && countFiles(library) < files) {
    await setTimeout(100);
  }
  child.kill('SIGINT');
}

function countFiles(library: string): number {
  try {
    return readCatalog(library).length;
  } catch {
    return 0; // not there yet, or just being made
  }
}
