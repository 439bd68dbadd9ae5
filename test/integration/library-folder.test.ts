import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FOLDER_MODULE = new URL('../../src/engine/library-folder.js', import.meta.url).href;
const NOBODY = 65_534;

/** What opening a library there is refused with, for a command that may make one and for one that may not. */
async function refusals(library: string): Promise<EideticError[]> {
  const config = resolveConfig({ library }, {});
  return Promise.all(
    [true, false].map(async (mayCreate) => {
      const error = await openLibrary(config, keptLogger(), { mayCreate }).then(
        () => assert.fail('it was opened'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof EideticError, String(error));
      return error;
    }),
  );
}

describe('a path where no library can be', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  before(() => writeFileSync(file, 'a file'));

  it('is told from one where there is none, by what is there', async () => {
    mkdirSync(join(folder, 'odd', 'catalog.sqlite'), { recursive: true });
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    const paths: ReadonlyArray<readonly [path: string, code: string, words: RegExp]> = [
      [file, 'INVALID_INPUT', /is no folder but a file; name a folder with --library/],
      [join(file, 'below'), 'INVALID_INPUT', /There can be no library in .*not a directory/],
      ['/dev/null', 'INVALID_INPUT', /is no folder but a device, pipe or socket/],
      [join(folder, 'x'.repeat(300)), 'INVALID_INPUT', /There can be no library in .*name too long/],
      [join(folder, 'loop'), 'INVALID_INPUT', /There can be no library in .*symbolic links/],
      [join(folder, 'odd'), 'CATALOG_DAMAGED', /catalog\.sqlite is no file but a folder/],
    ];
    for (const [path, code, words] of paths) {
      for (const error of await refusals(path)) {
        assert.equal(error.code, code, `${path}: ${error.message}`);
        assert.match(error.message, words);
      }
    }
  });

  it('is told of where the system makes no folders', async (t) => {
    if (!existsSync('/proc/self')) {
      t.skip('there is no /proc here');
      return;
    }
    const [making, looking] = await refusals('/proc/eidetic');
    assert.equal(looking?.code, 'NOT_FOUND');
    assert.equal(making?.code, 'INVALID_INPUT');
    assert.match(
      making?.message ?? '',
      /There can be no library in \/proc\/eidetic .*name a folder on a disk/,
    );
    const [inProc] = await refusals('/proc');
    assert.equal(inProc?.code, 'READ_ONLY', inProc?.message);
    assert.match(inProc?.message ?? '', /\/proc.*--library/);
  });

  it('is said by every command, keys too, with its own exit code and never as a bug', async () => {
    for (const command of [
      ['stats'],
      ['doctor'],
      ['keys', 'add', 'x'],
      ['keys', 'list'],
      ['models', 'use', 'x'],
    ]) {
      const { exitCode, stderr } = await runEidetic([...command, '--library', file]);
      assert.equal(exitCode, 2, `${command.join(' ')}: ${stderr}`);
      assert.match(stderr, /^eidetic: The library .* is no folder but a file/);
    }
  });

  it('is told from one that this user may not look into', () => {
    const closed = join(folder, 'closed');
    const unreadable = join(folder, 'unreadable');
    for (const library of [closed, unreadable]) {
      mkdirSync(library);
      writeFileSync(join(library, 'catalog.sqlite'), '');
    }
    chmodSync(folder, 0o755);
    chmodSync(closed, 0o600);
    chmodSync(join(unreadable, 'catalog.sqlite'), 0o000);
    const script = `
      import { findCatalog } from ${JSON.stringify(FOLDER_MODULE)};
      for (const library of ${JSON.stringify([closed, unreadable])}) {
        try { findCatalog(library); } catch (error) { console.log(error.code, error.message); }
      }`;
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
      ...user,
    });
    const lines = stdout.trim().split('\n');
    assert.equal(lines.length, 2, stderr);
    for (const line of lines) {
      assert.match(line, /^READ_ONLY The library .* may not be read by this user .*give the permission/);
    }
  });
});
