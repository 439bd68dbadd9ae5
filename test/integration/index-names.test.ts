import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { namedPlace } from '../../src/engine/named-place.ts';
import { outermostFolders } from '../../src/indexer/outermost-folders.ts';
import { inKnownForm } from '../../src/pictures/in-known-form.ts';
import { collect } from '../support/collect.ts';
import { indexRun } from '../support/index-run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** One name to a person, as keyboards write it and as older Macs keep it. */
const [COMPOSED, DECOMPOSED] = ['\u00e9t\u00e9', 'e\u0301te\u0301'] as const;

function tellsForms(): boolean {
  const folder = temporaryFolder();
  writeFileSync(join(folder, COMPOSED), '');
  return !existsSync(join(folder, DECOMPOSED));
}

describe('two Unicode forms of one name', { skip: !tellsForms() && 'this disk takes them for one' }, () => {
  it('are two files, and neither is taken for the other', async () => {
    const run = await indexRun({
      [`${COMPOSED}.jpg`]: 'one',
      [`${DECOMPOSED}.jpg`]: 'two',
      [`${COMPOSED}/a.jpg`]: 'three',
      [`${DECOMPOSED}/a.jpg`]: 'three',
    });
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.embedded], [4, 3]);
    assert.equal((await run.index()).unchanged, 4);
    rmSync(join(run.root, `${DECOMPOSED}.jpg`));
    rmSync(join(run.root, COMPOSED), { recursive: true });
    const less = await run.index();
    assert.deepEqual([less.removed, less.unchanged, less.awayFiles], [2, 2, 0]);
    assert.deepEqual(await run.files(), [`root/${DECOMPOSED}/a.jpg`, `root/${COMPOSED}.jpg`].toSorted());
  });

  it('are a move when a file or folder changes from one to the other, and nothing is embedded again', async () => {
    const run = await indexRun({ [`${DECOMPOSED}/${DECOMPOSED}.jpg`]: 'one', 'b.jpg': 'two' });
    await run.index();
    renameSync(join(run.root, DECOMPOSED), join(run.root, COMPOSED));
    const summary = await run.index();
    assert.deepEqual([summary.moved, summary.removed, summary.embedded], [1, 0, 0]);
    assert.deepEqual(await run.files(), ['root/b.jpg', `root/${COMPOSED}/${DECOMPOSED}.jpg`]);
  });

  it('are one to a list of files, unless both are there', async () => {
    const run = await indexRun({ [`${DECOMPOSED}/${DECOMPOSED}.jpg`]: 'one' });
    const listed = [
      join(run.root, COMPOSED, `${COMPOSED}.jpg`),
      join(run.root, COMPOSED, `${DECOMPOSED}.jpg`),
    ];
    const summary = await run.index({ listed });
    assert.deepEqual([summary.found, summary.indexed, summary.failed], [1, 1, 0]);
    assert.deepEqual(await run.files(), [`root/${DECOMPOSED}/${DECOMPOSED}.jpg`]);
    run.write({ [`root/${COMPOSED}/${COMPOSED}.jpg`]: 'two' });
    await run.index({ listed: listed.slice(0, 1) });
    assert.equal((await run.files()).length, 2);
  });

  it('are one to whoever names a folder to index, unless both are there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, DECOMPOSED, 'sub'), { recursive: true });
    const named = join(folder, COMPOSED, 'sub');
    assert.deepEqual(await outermostFolders([named], []), [join(folder, DECOMPOSED, 'sub')]);
    assert.deepEqual(await outermostFolders([named], [named]), [named], 'a root that may be away');
    mkdirSync(named, { recursive: true });
    assert.deepEqual(await outermostFolders([named], []), [named]);
  });

  it('are one to a glob that excludes', async () => {
    const run = await indexRun({
      [`${COMPOSED}.jpg`]: 'one',
      [`${DECOMPOSED}.jpg`]: 'two',
      [`${DECOMPOSED}/a.jpg`]: 'three',
      'b.jpg': 'four',
    });
    await run.index({ rules: { exclude: [`${COMPOSED}*`] } });
    assert.deepEqual(await run.files(), ['root/b.jpg']);
    const other = await indexRun({ [`${COMPOSED}.jpg`]: 'one', 'b.jpg': 'four' });
    await other.index({ rules: { exclude: [`${DECOMPOSED}.jpg`] } });
    assert.deepEqual(await other.files(), ['root/b.jpg']);
  });
});

describe('a search below a path', () => {
  async function catalogOf(...paths: string[]) {
    const run = await indexRun(Object.fromEntries(paths.map((path) => [path, path])));
    await run.index();
    const prefixOf = async (path: string) => {
      const { pathPrefix } = await inKnownForm(run.catalog.pictures, { pathPrefix: join(run.root, path) });
      return [pathPrefix].flat().map((prefix) => prefix?.slice(run.root.length + 1));
    };
    return { run, prefixOf };
  }

  it('finds what lies there in another Unicode form, when nothing does as it is written', async () => {
    const { prefixOf } = await catalogOf(`${DECOMPOSED}/x/${COMPOSED}.jpg`, 'b.jpg');
    assert.deepEqual(await prefixOf(COMPOSED), [DECOMPOSED]);
    assert.deepEqual(await prefixOf(`${COMPOSED}/x/${DECOMPOSED}.jpg`), [`${DECOMPOSED}/x/${COMPOSED}.jpg`]);
    assert.deepEqual(await prefixOf(`${COMPOSED}/nowhere`), [`${COMPOSED}/nowhere`]);
    assert.deepEqual(await prefixOf('no\u00e9'), ['no\u00e9']);
  });

  it('is one below the path as it is written, when files lie there', { skip: !tellsForms() }, async () => {
    const { prefixOf } = await catalogOf(`${DECOMPOSED}/a.jpg`, `${COMPOSED}/a.jpg`, `${DECOMPOSED}/b/c.jpg`);
    assert.deepEqual(await prefixOf(COMPOSED), [COMPOSED]);
    assert.deepEqual(await prefixOf(DECOMPOSED), [DECOMPOSED]);
    assert.deepEqual(await prefixOf(`${COMPOSED}/b`), [`${DECOMPOSED}/b`]);
  });

  it('goes where a symbolic link leads, when the library knows it by no link', async () => {
    const run = await indexRun({ 'sub/a.jpg': 'one' });
    await run.index();
    symlinkSync(run.root, join(run.folder, 'link'));
    assert.equal(await namedPlace(run, join(run.folder, 'link/sub')), join(run.root, 'sub'));
    const linked = await indexRun({ 'a.jpg': 'one' });
    linked.write({ 'elsewhere/b.jpg': 'two' });
    symlinkSync(join(linked.folder, 'elsewhere'), join(linked.root, 'link'));
    await linked.index({ rules: { followSymlinks: true } });
    assert.equal(await namedPlace(linked, join(linked.root, 'link')), join(linked.root, 'link'));
  });
});

describe('names of another system', { skip: process.platform === 'win32' && 'Windows refuses them' }, () => {
  it('are names like any other', async () => {
    const names = [
      'C:\\x.jpg',
      'dot.',
      'space ',
      ' ',
      'CON',
      'nul.jpg',
      'a\\b',
      'a:b',
      'line\nfeed',
      '-rf.jpg',
      '--json',
    ];
    const run = await indexRun(Object.fromEntries(names.map((name) => [name, name])));
    run.write({ 'root/C:/y.jpg': 'y', 'root/aux /z. ': 'z' });
    const summary = await run.index();
    assert.deepEqual([summary.indexed, summary.failed], [names.length + 2, 0]);
    assert.equal((await run.index()).unchanged, names.length + 2);
    const listed = names.map((name) => join(run.root, name));
    assert.equal((await run.index({ listed })).unchanged, names.length);
    rmSync(join(run.root, 'C:\\x.jpg'));
    assert.equal((await run.index()).removed, 1);
  });
});

describe('long paths', { skip: process.platform !== 'linux' && 'their limits are those of Linux' }, () => {
  /** Makes a file by steps from folder to folder: its path as a whole is too long for the system. */
  function writeDeep(folder: string, names: readonly string[], content: string): void {
    const script = `const { chdir, argv } = process; const { mkdirSync, writeFileSync } = require('fs');
      const [folder, names, content] = argv.slice(1); chdir(folder); const all = JSON.parse(names);
      for (const name of all.slice(0, -1)) { mkdirSync(name, { recursive: true }); chdir(name); }
      writeFileSync(all.at(-1), content);`;
    execFileSync(process.execPath, ['-e', script, folder, JSON.stringify(names), content]);
  }

  it('of names as long as may be are indexed', async () => {
    const names = ['n'.repeat(255), `${'é'.repeat(127)}x`, '\u{1f600}'.repeat(63)];
    const run = await indexRun(Object.fromEntries(names.map((name) => [join(name, name), name])));
    assert.equal((await run.index()).indexed, 3);
    assert.equal((await run.index()).unchanged, 3);
  });

  it('beyond what the system opens are failures, each of its own, and the rest is indexed', async () => {
    const run = await indexRun({ 'a.jpg': 'one' });
    const folders = Array.from({ length: 15 }, () => 'f'.repeat(255));
    const left = 4_095 - Buffer.byteLength(join(run.root, ...folders, '/'));
    const fits = 'x'.repeat(left - 10);
    writeDeep(run.root, [...folders, fits], 'two');
    writeDeep(run.root, [...folders, 'y'.repeat(255)], 'three');
    writeDeep(run.root, [...folders, 'z'.repeat(255), 'deeper.jpg'], 'four');
    try {
      const summary = await run.index();
      assert.deepEqual([summary.indexed, summary.failed, summary.found], [2, 2, 4]);
      const failures = await collect(run.catalog.files.failures());
      for (const { message } of failures) {
        assert.match(
          message,
          /^The (file cannot be read|folder cannot be listed): its path of 4,?\d{3} bytes is too long/,
        );
      }
      const again = await run.index();
      assert.deepEqual([again.unchanged, again.failed], [2, 2]);
      const listed = [join(run.root, 'm'.repeat(300))];
      assert.equal((await run.index({ listed })).failed, 1);
      const named = (await collect(run.catalog.files.failures())).find(
        ({ stamp }) => stamp.path === listed[0],
      );
      assert.match(named?.message ?? '', /a name of 300 bytes is too long, 255 are the most/);
    } finally {
      execFileSync('rm', ['-rf', join(run.root, folders[0] ?? '')]);
    }
  });

  it('through 1,900 folders are walked, compared and forgotten', async () => {
    const run = await indexRun({ 'b.jpg': 'two' });
    const depth = Math.min(1_900, Math.floor((4_000 - run.root.length) / 2));
    const paths = [1, depth >> 1, depth].map((level) => join(run.root, '/d'.repeat(level), 'a'));
    mkdirSync(dirname(paths.at(-1) ?? ''), { recursive: true });
    for (const path of paths) {
      writeFileSync(path, 'one');
    }
    assert.equal((await run.index()).indexed, 4);
    assert.equal((await run.index()).unchanged, 4);
    // A command walks down: whatever calls itself for each folder on its way runs out of stack.
    execFileSync('rm', ['-rf', join(run.root, 'd')]);
    const summary = await run.index();
    assert.deepEqual([summary.removed, summary.unchanged], [3, 1]);
  });
});
