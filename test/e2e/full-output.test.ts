import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { IndexSummary as Summary } from '../../src/indexer/index-files.ts';
import { makeMountFolder } from '../support/mount-folder.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/eidetic.cjs', import.meta.url));

describe('results', () => {
  it('are written in one way, which makes sure that they arrive', () => {
    const direct = readdirSync('src/cli', { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && readFileSync(join('src/cli', file), 'utf8').includes('stdout.write('),
    );
    assert.deepEqual(direct, ['write-output.ts']);
  });
});

describe('output that nobody takes', {
  skip: process.platform !== 'linux' && 'only Linux has /dev/full',
}, () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const library = join(folder, 'library');

  before(async () => {
    await drawPictureFolder(pictures, 6);
    await eideticJson(['index', pictures, '--library', library, '--json']);
  });

  /** @param rest what a shell reads behind the command */
  function run(args: readonly string[], rest: string) {
    const command = `"$0" "$@" ${rest}`;
    return spawnSync('bash', ['-o', 'pipefail', '-c', command, process.execPath, MAIN, ...args], {
      encoding: 'utf8',
      env: { ...process.env, EIDETIC_LIBRARY: library },
    });
  }

  for (const args of [
    ['search', '--id', '1'],
    ['search', '--id', '1', '--json'],
    ['duplicates', '--csv'],
    ['stats'],
    ['failures', '--json'],
    ['keys'],
    ['serve', '--port', '0'],
    ['--help'],
  ]) {
    it(`is an error on a full disk: ${args.join(' ')}`, () => {
      const { status, stderr } = run(args, '> /dev/full');
      assert.equal(status, 6, stderr);
      assert.match(
        stderr,
        /The output could not be written to its end, for the disk .* is full; free some space/,
      );
      assert.doesNotMatch(stderr, /\bat .*:\d+:\d+|this is a bug/);
    });
  }

  it('is an error when the disk has room for a part of it alone', (t) => {
    const disk = makeMountFolder(t)?.mount('disk', '-t', 'tmpfs', '-o', 'size=4k', 'none');
    if (disk === undefined) {
      return;
    }
    const { status, stderr } = run(['models', '--json'], `> ${disk}/output`);
    assert.ok(readFileSync(`${disk}/output`).length > 0, 'a part was written');
    assert.equal(status, 6, stderr);
    assert.match(stderr, /could not be written to its end/);
  });

  it('is no error when a reader has seen enough', () => {
    for (const args of [['models', '--json'], ['--help']]) {
      const { status, stderr } = run(args, '| true');
      assert.equal(status, 0, stderr);
      assert.equal(stderr, '');
    }
  });

  it('lets a server answer, and end, when it is only its log', async (t) => {
    const log = openSync('/dev/full', 'w');
    const args = ['serve', '--port', '0', '--verbose', '--library', library];
    const server = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', log] });
    closeSync(log);
    t.after(() => server.kill('SIGKILL'));
    let said = '';
    server.stdout?.on('data', (piece) => {
      said += piece;
    });
    await until('the server is ready', () => said.includes('Ready:'));
    const address = /Listening on (\S+)/.exec(said)?.[1] ?? '';
    for (const path of ['/status', '/v1/pictures/1']) {
      assert.equal((await fetch(`${address}${path}`)).status, 200);
    }
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  });

  for (const rest of ['2> /dev/full', '2> >(true)']) {
    it(`ends no run when it is only what is said beside the results: ${rest}`, () => {
      const { status, stdout } = run(['index', pictures, '--force', '--verbose', '--json'], rest);
      assert.equal(status, 0);
      assert.equal((JSON.parse(stdout) as Summary).embedded, 6);
      assert.equal(run(['search', '--frobnicate'], rest).status, 2);
    });
  }
});
