import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { askEidetic } from '../support/ask-eidetic.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a file that a command reads, and that is none of the kind', () => {
  const folder = temporaryFolder();
  const library = ['--library', join(folder, 'library')];
  const pipe = join(folder, 'pipe');
  const endless = join(folder, 'a line without end');
  const pictures = join(folder, 'pictures');

  before(async () => {
    await drawPictureFolder(pictures, 1);
    assert.equal((await askEidetic(['index', pictures, ...library])).exitCode, 0);
    assert.equal(spawnSync('mkfifo', [pipe]).status, 0);
    const file = openSync(endless, 'w');
    ftruncateSync(file, 700_000_000);
    closeSync(file);
  });

  const commands: Readonly<Record<string, (file: string) => readonly string[]>> = {
    'a plan to apply': (file) => ['apply', file, ...library],
    'a plan to undo': (file) => ['undo', file, ...library],
    'decisions to merge': (file) => ['decisions', 'merge', file, ...library],
    rules: (file) => ['plan', '--explain', '--rules', file, ...library],
    'a ground truth': (file) => ['eval', 'retrieval', pictures, '--ground-truth', file],
    settings: (file) => ['stats', '--config', file, ...library],
  };

  for (const [what, command] of Object.entries(commands)) {
    it(`is refused as ${what}, a pipe, a device and what has no line ends alike`, async () => {
      for (const [file, words] of [
        [pipe, /cannot be read: it is a pipe/],
        ['/dev/zero', /cannot be read: it is a device/],
        [endless, /cannot be read: it has (?:a line that is too long|700,000,000 bytes)/],
        [folder, /cannot be read: (?:it is a folder|EISDIR)/],
      ] as const) {
        const { exitCode, stderr } = await askEidetic(command(file));
        assert.match(stderr, words, `${file}: ${stderr}`);
        assert.ok(exitCode === 2 || exitCode === 4, `${file}: ${exitCode}`);
      }
    });
  }

  it('is not there, and said to be so, for a plan and decisions', async () => {
    for (const args of [
      ['apply', 'nowhere.jsonl'],
      ['decisions', 'merge', 'nowhere.jsonl'],
    ]) {
      const { exitCode, stderr } = await askEidetic([...args, ...library]);
      assert.deepEqual([exitCode, /cannot be read: it is not there/.test(stderr)], [4, true], stderr);
    }
  });

  it('may end its lines as Windows does, and the last with nothing', async () => {
    const list = join(folder, 'decisions.jsonl');
    writeFileSync(list, '\r\n');
    assert.equal((await askEidetic(['decisions', 'merge', list, ...library])).exitCode, 0);
  });
});
