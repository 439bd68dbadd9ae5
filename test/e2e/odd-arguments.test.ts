import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { IndexSummary as Summary } from '../../src/indexer/index-files.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson, type Finished, runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/eidetic.cjs', import.meta.url));
const PICTURES = 6;

/** Longer than any refusal takes, shorter than the test runner's patience: what hangs fails here. */
const PATIENCE_MS = 30_000;

interface Answer {
  readonly hits: ReadonlyArray<{ readonly files: string[] }>;
}

describe('what a person may type by mistake', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, '[2024] Images');
  const library = join(folder, 'library');
  const nowhere = join(folder, 'nowhere');
  let picture = '';

  before(async () => {
    [picture = ''] = await drawPictureFolder(pictures, PICTURES);
    await eideticJson(['index', pictures, '--library', library, '--json']);
  });

  /** Runs it with nothing on stdin, and kills it when it hangs. */
  async function run(args: readonly string[]) {
    let timer: NodeJS.Timeout | undefined;
    const finished = await runEidetic(args, {
      onStart(child) {
        timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      },
    });
    clearTimeout(timer);
    return finished;
  }

  function assertRefused(finished: Finished, exitCode: number, words: RegExp): void {
    assert.match(finished.stderr, words);
    assert.equal(finished.exitCode, exitCode, finished.stderr);
    assert.doesNotMatch(finished.stderr, /\bat .*:\d+:\d+|this is a bug/, 'a stack is for bugs');
    assert.equal(finished.stdout.toString(), '');
  }

  it('is refused when nothing comes on stdin', async () => {
    assertRefused(await run(['search', '-', '--library', library]), 2, /Found nothing on stdin/);
    const list = ['index', '--files-from', '-', '--library', library];
    assertRefused(await run(list), 2, /list on stdin names no file/);
  });

  it('is refused before more of stdin is read than a picture may have', async () => {
    // Read to its end it would never be refused.
    const command = '"$0" "$1" search - --max-bytes 100000 --library "$2" < /dev/zero';
    const finished = spawnSync('bash', ['-c', command, process.execPath, MAIN, library], {
      encoding: 'utf8',
      timeout: PATIENCE_MS,
    });
    assert.equal(finished.status, 3, finished.stderr);
    assert.match(finished.stderr, /more than 100000 bytes on stdin.*raise --max-bytes/);
  });

  for (const args of [
    ['index', '--files-from', '-'],
    ['search', '-'],
  ]) {
    it(`ends by Ctrl-C while it waits for stdin: ${args.join(' ')}`, async () => {
      const child = spawn(process.execPath, [MAIN, ...args, '--library', library]);
      child.stdin.write('/begun');
      // Reading has begun when what was written has left the pipe.
      await until('stdin is read', async () => child.stdin.writableLength === 0);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      child.kill('SIGINT');
      const signal = await endOf(child);
      assert.equal(signal, 'SIGINT');
    });
  }

  it('finds what lies in a folder with brackets in its name, and below a symbolic link to it', async () => {
    const link = join(folder, 'link');
    symlinkSync(pictures, link);
    for (const [option, value] of [
      ['--path', link],
      ['--path-contains', '[2024] Im'],
    ] as const) {
      const { hits } = await askEideticJson<Answer>(
        ['search', picture, option, value, '--json', '--library', library],
        0,
      );
      assert.equal(hits.length, PICTURES, `${option} ${value}`);
    }
  });

  it('says that nothing lies at a path that was mistyped', async () => {
    for (const path of [join(folder, '[2023] Images'), nowhere]) {
      const { stdout, stderr } = await askEidetic(['search', picture, '--path', path, '--library', library]);
      assert.equal(stdout.toString(), 'Nothing found.\n');
      assert.match(stderr, /No picture of the library lies at or below .*"eidetic stats" lists its folders/);
      assert.ok(stderr.includes(path));
    }
    const far = ['--path', join(pictures, 'part-0'), '--min-similarity', '1'];
    const { stderr } = await askEidetic([
      'search',
      join(pictures, 'part-1/0001.jpg'),
      ...far,
      '--library',
      library,
    ]);
    assert.equal(stderr, '', 'something lies there');
  });

  it('takes one pattern for each --exclude, and the folder for a folder', async () => {
    const one = join(folder, 'one-exclude');
    const summary = await askEideticJson<Summary>([
      ...['index', '--exclude', '*.mov', pictures, '--exclude', '0003.*', '--library', one, '--json'],
    ]);
    assert.deepEqual([summary.found, summary.ignored], [PICTURES - 1, { excluded: 1 }]);
  });

  it('reads a list with a byte order mark, and ~ where no shell has', async (t) => {
    const list = join(folder, 'list.txt');
    writeFileSync(list, `\uFEFF${picture}\r\n`);
    const named = ['index', `--files-from=${list}`, '--library', library, '--json'];
    assert.deepEqual((await askEideticJson<Summary>(named)).failed, 0);
    if (existsSync(join(homedir(), 'list.txt'))) {
      t.skip('a file of that name is in the home folder');
      return;
    }
    const home = await askEidetic(['index', '--files-from=~/list.txt', '--library', library]);
    assertRefused(home, 4, /list \/.*list\.txt cannot/);
  });

  it('says when there is nothing to embed again', async () => {
    const { stdout, exitCode } = await askEidetic(['reindex', '--library', library]);
    assert.equal(exitCode, 0);
    assert.match(stdout.toString(), /^Nothing to do: \S+ is in use, and has embedded every picture\.\n$/);
  });

  it('is refused from a working folder that was deleted', () => {
    const gone = join(folder, 'gone');
    mkdirSync(gone);
    const command = 'rmdir "$2" && "$0" "$1" stats --library "$3"';
    const finished = spawnSync('bash', ['-c', command, process.execPath, MAIN, gone, library], {
      cwd: gone,
      encoding: 'utf8',
    });
    assert.equal(finished.status, 4, finished.stderr);
    assert.match(
      finished.stderr,
      /^eidetic: The working folder cannot be told .*was it deleted\? Change to one/m,
    );
    assert.doesNotMatch(finished.stderr, /\bat .*:\d+:\d+/);
  });

  describe('in the folder of the pictures itself', () => {
    const photos = join(folder, 'photos');
    const here = { cwd: photos };

    before(() => {
      mkdirSync(photos);
      copyFileSync(picture, join(photos, 'a.jpg'));
    });

    for (const args of [
      ['index', '.'],
      ['index', '..'],
      ['watch', '.'],
      ['start', '.'],
    ]) {
      it(`makes no library among them: ${args.join(' ')}`, async () => {
        const finished = await runEidetic(args, here);
        assertRefused(finished, 2, /among the pictures of .*--library or EIDETIC_LIBRARY.*Nothing was made/);
        assert.deepEqual(readdirSync(photos), ['a.jpg']);
      });
    }

    it('makes one where a person says, and goes on with one that is there', async () => {
      const named = join(photos, 'data', 'library');
      const summary = await askEideticJson<Summary>(['index', '.', '--json'], 0, {
        ...here,
        environment: { EIDETIC_LIBRARY: named },
      });
      assert.deepEqual([summary.found, summary.ignored], [1, { 'system folder': 1 }]);
      assert.equal((await askEideticJson<Summary>(['index', '.', '--json'], 0, here)).unchanged, 1);
    });

    it('makes one beside them', async () => {
      const beside = join(folder, 'beside');
      cpSync(picture, join(beside, 'photos', 'a.jpg'));
      const summary = await askEideticJson<Summary>(['index', 'photos', '--json'], 0, { cwd: beside });
      assert.ok(existsSync(join(beside, 'data/library/catalog.sqlite')));
      assert.equal(summary.found, 1);
    });
  });
});

async function endOf(child: ChildProcess): Promise<NodeJS.Signals | null> {
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
}
