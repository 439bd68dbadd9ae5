import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { makeMountFolder } from '../support/mount-folder.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** In memory, and thus a file system of its own. */
const MEMORY = '/dev/shm';

describe('a plan that moves files to another disk', () => {
  const folder = temporaryFolder();
  if (!existsSync(MEMORY) || statSync(MEMORY).dev === statSync(folder).dev) {
    it.skip(`needs ${MEMORY}, a file system of its own`);
    return;
  }
  const memory = mkdtempSync(join(MEMORY, 'eidetic-test-'));
  after(() => rmSync(memory, { recursive: true, force: true }));
  const photos = join(folder, 'photos');
  const card = join(memory, 'card');
  const library = ['--library', join(folder, 'library')];
  const out = join(folder, 'plan.jsonl');
  const move = (to: string, ...args: readonly string[]) =>
    askEidetic(['plan', '--action', 'move', to, '--out', out, ...args, ...library]);

  before(async () => {
    for (const [n, root] of [photos, card].entries()) {
      mkdirSync(root);
      await drawNumbered(n, 200).jpeg().toFile(join(root, 'one.jpg'));
      cpSync(join(root, 'one.jpg'), join(root, 'one (1).jpg'));
    }
    await askEideticJson(['index', photos, card, '--json', ...library]);
  });

  it('is refused when nothing of it could be moved, with a folder to take instead', async () => {
    const { exitCode, stderr } = await move(join(memory, 'moved', 'here'), '--within', photos);
    assert.equal(exitCode, 2);
    assert.match(stderr, /lies on another disk than .*one \(1\)\.jpg/);
    assert.match(stderr, /a move only renames, and copies nothing/);
    assert.ok(!existsSync(out) && !existsSync(join(memory, 'moved')), 'nothing is written');
    const [, instead] = /for example (\S+)\.\n/.exec(stderr) ?? [];
    assert.equal(instead, join(folder, 'duplicates'));
    const again = await move(instead, '--within', photos);
    assert.deepEqual([again.exitCode, existsSync(out)], [0, true], again.stderr);
    rmSync(out);
  });

  it('says that all is left which no link can join', async () => {
    cpSync(join(photos, 'one.jpg'), join(card, 'same.jpg'));
    await askEideticJson(['index', card, '--json', ...library]);
    const folders = ['--across', photos, card, '--reference', photos];
    const linked = await askEidetic(['plan', '--action', 'hardlink', '--explain', ...folders, ...library]);
    rmSync(join(card, 'same.jpg'));
    await askEideticJson(['index', card, '--json', ...library]);
    assert.match(
      linked.stderr,
      /^Nothing to drop: all is left, for what is said below\.\nLeft: .*same\.jpg: it lies on/m,
    );
  });

  it('says of what is left why, and what to do', async () => {
    const { exitCode, stderr } = await move(join(memory, 'moved'));
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, /^1 group: 1 file to be moved/);
    assert.match(
      stderr,
      /Left: .*photos\/one \(1\)\.jpg: it lies on another disk than the folder to move to, and a move only renames, and copies nothing; make a plan of its own for that disk\./,
    );
    rmSync(out);
  });

  it('names a folder in what was indexed when that is all of the disk', async (t) => {
    const disk = makeMountFolder(t)?.mount('disk', '-t', 'tmpfs', 'none');
    if (disk !== undefined) {
      for (const name of ['two.jpg', 'two (1).jpg']) {
        await drawNumbered(2, 200).jpeg().toFile(join(disk, name));
      }
      await askEideticJson(['index', disk, '--json', ...library]);
      const { stderr } = await move(folder, '--within', disk);
      assert.match(stderr, new RegExp(`for example ${join(disk, 'duplicates')}\\.`));
    }
  });
});
