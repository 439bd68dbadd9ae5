import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EXIT_CODES, EXIT_SOME_FAILED } from '../../src/cli/exit-codes.ts';
import type { IndexSummary as Summary } from '../../src/indexer/index-files.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/eidetic.cjs', import.meta.url));

interface Failure {
  readonly path: string;
  readonly pathBase64?: string;
  readonly code: string;
}

describe('names that look like options', () => {
  it('are names behind --, in a list and as a query', async () => {
    const folder = temporaryFolder();
    const library = join(folder, 'library');
    const pictures = join(folder, 'pictures');
    mkdirSync(pictures);
    for (const [n, name] of ['-rf.jpg', '--json', 'C:\\x.'].entries()) {
      await drawNumbered(n).jpeg().toFile(join(pictures, name));
    }
    const options = { cwd: pictures };
    const named = ['index', '--library', library, '--json', '--', '-rf.jpg', '--json'];
    assert.equal((await askEideticJson<Summary>(named, 0, options)).indexed, 2);
    const list = { ...options, stdin: Buffer.from('-rf.jpg\n--json\nC:\\x.\n') };
    const listed = await eideticJson<Summary>(
      ['index', '--library', library, '--json', '--files-from', '-'],
      0,
      list,
    );
    assert.deepEqual([listed.unchanged, listed.indexed, listed.failed], [2, 1, 0]);
    const query = ['search', '--library', library, '--json', '--path=--json', '--', '-rf.jpg'];
    const { hits } = await askEideticJson<{ hits: Array<{ files: string[] }> }>(query, 0, options);
    assert.deepEqual(
      hits.map(({ files }) => files),
      [[join(pictures, '--json')]],
    );
  });
});

describe('names that are not UTF-8', { skip: process.platform !== 'linux' && 'only Linux has them' }, () => {
  it('are listed readably, with their bytes, each as one', async () => {
    const folder = temporaryFolder();
    const library = join(folder, 'library');
    const pictures = join(folder, 'pictures');
    mkdirSync(pictures);
    const names = [0xfe, 0xff].map((byte) =>
      Buffer.concat([Buffer.from(`${pictures}/`), Buffer.of(byte), Buffer.from('.jpg')]),
    );
    for (const name of names) {
      writeFileSync(name, 'a picture');
    }
    const list = Buffer.concat(names.flatMap((name) => [name, Buffer.of(0)]));
    const summary = await eideticJson<Summary>(
      ['index', '--library', library, '--json', '--files-from', '-', '-0'],
      EXIT_SOME_FAILED,
      { stdin: list },
    );
    assert.deepEqual([summary.found, summary.failed], [2, 2]);
    const failures = await askEideticJson<Failure[]>(['failures', '--library', library, '--json']);
    assert.deepEqual(
      failures.map(({ path, pathBase64, code }) => [path, pathBase64, code]),
      [
        [join(pictures, '\\xfe.jpg'), names[0]?.toString('base64'), 'INVALID_INPUT'],
        [join(pictures, '\\xff.jpg'), names[1]?.toString('base64'), 'INVALID_INPUT'],
      ],
    );
    const { stdout } = await askEidetic(['failures', '--library', library], { cwd: pictures });
    assert.match(stdout.toString(), /^\\xfe\.jpg\n.*not valid UTF-8.*\n\\xff\.jpg\n/);
  });

  it('are refused as arguments, since they would lead to another file', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '\ufffd.jpg'), 'another file');
    const words = ['search', 'index', '--library'].map((word) => {
      const shell = `exec "$0" "$1" ${word} $'\\xff.jpg'`;
      return spawnSync('bash', ['-c', shell, process.execPath, MAIN], { cwd: folder, encoding: 'utf8' });
    });
    for (const { status, stderr } of words) {
      assert.equal(status, EXIT_CODES.INVALID_INPUT);
      assert.match(stderr, /Found the argument \\xff\.jpg, which is not valid UTF-8/);
    }
    const bad = Buffer.concat([Buffer.from(`${folder}/`), Buffer.of(0xff)]);
    mkdirSync(bad);
    const shell = `cd $'\\xff' && exec "$0" "$1" stats`;
    const inside = spawnSync('bash', ['-c', shell, process.execPath, MAIN], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(inside.status, EXIT_CODES.INVALID_INPUT);
    assert.match(inside.stderr, /current folder .*\\xff has a name that is not valid UTF-8/);
  });
});
