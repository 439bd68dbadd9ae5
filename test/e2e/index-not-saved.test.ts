import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('a run whose index cannot be saved keeps what it found, says so, and the next one saves it', async () => {
  const folder = temporaryFolder();
  const library = join(folder, 'library');
  await drawPictureFolder(join(folder, 'pictures'), 3);
  await askEideticJson(['index', join(folder, 'pictures'), '--library', library, '--json']);
  rmSync(join(library, 'indexes'), { recursive: true });
  writeFileSync(join(library, 'indexes'), 'a file in the way');
  const run = await askEidetic(['index', '--library', library]);
  assert.equal(run.exitCode, 0, run.stderr);
  assert.match(run.stderr, /warning: the index was not saved; what is in the catalog is kept/);
  assert.match(run.stderr, /free disk space or make the folder writable/);
  for (const index of ['similar', 'copy']) {
    assert.equal(
      run.stderr.match(new RegExp(`Could not save .*/indexes/${index}-`, 'g'))?.length,
      1,
      run.stderr,
    );
  }
  const search = ['search', '--id', '1', '--json', '--library', library];
  assert.equal((await askEideticJson<{ hits: unknown[] }>(search)).hits.length, 2, 'all but itself');
  rmSync(join(library, 'indexes'));
  const again = await askEidetic(['index', '--library', library]);
  assert.equal(again.exitCode, 0, again.stderr);
  assert.equal(again.stderr.includes('not saved'), false, again.stderr);
  assert.equal((await askEidetic(['doctor', '--library', library])).exitCode, 0);
});
