import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { comparePaths } from '../../src/domain/compare-paths.ts';
import { DEFAULT_ROOT_RULES } from '../../src/domain/roots.ts';
import { readDeviceTable } from '../../src/indexer/device-table.ts';
import { lookOf } from '../../src/indexer/file-look.ts';
import { stampOf } from '../../src/indexer/file-stamp.ts';
import { scanFolder } from '../../src/indexer/scan-folder.ts';
import type { ScanReport } from '../../src/indexer/scan-report.ts';
import type { ScanTarget } from '../../src/indexer/scan-target.ts';
import { collect } from '../support/collect.ts';
import { makeMountFolder } from '../support/mount-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function targetOf(path: string, parts: Partial<ScanTarget> = {}): ScanTarget {
  return { path, rules: DEFAULT_ROOT_RULES, innerRoots: new Set(), ownFolders: new Set(), ...parts };
}

/** Keeps what a scan tells besides files, a line each. */
function keptReport(root: string): ScanReport & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (what: string, path: string) => void lines.push(`${what} ${relative(root, path)}`);
  return {
    lines,
    onListed: () => {},
    onIgnored: (reason) => void lines.push(`ignored ${reason}`),
    onSeenAlready: (path) => keep('seen already', path),
    onUnlistable: async (folder) => keep('unlistable', folder),
    onBadName: async ({ shown }) => keep('bad name', shown),
  };
}

function write(root: string, ...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
}

const DEVICES = readDeviceTable();

describe('scanFolder', () => {
  it('gives files in the order of the bytes of their paths, whatever folders are between', async () => {
    const root = temporaryFolder();
    write(
      root,
      'a/x',
      'a-b',
      'a.b',
      'ab',
      'a /y',
      'a/x-y/z',
      'a/x.y',
      'Z',
      'é',
      '\u{10000}',
      '\uffee',
      '\ue000/q',
    );
    const found = await collect(scanFolder(targetOf(root), DEVICES, keptReport(root)));
    const paths = found.map(({ path }) => path);
    assert.equal(paths.length, 12);
    assert.deepEqual(paths, paths.toSorted(comparePaths));
  });

  it('gives each file once, as it is, where folders are listed before their turn', async () => {
    const root = temporaryFolder();
    const names = Array.from({ length: 900 }, (_, i) => `f${i}`);
    write(
      root,
      ...names,
      ...['a', 'b', 'c/d', 'c/e', 'z'].flatMap((folder) => names.map((name) => `${folder}/${name}`)),
    );
    const report = keptReport(root);
    const found = await collect(scanFolder(targetOf(root), DEVICES, report));
    assert.deepEqual([found.length, report.lines], [6 * names.length, []]);
    const paths = found.map(({ path }) => path);
    assert.deepEqual(paths, [...new Set(paths)].toSorted(comparePaths));
    for (const { path, stamp } of found) {
      assert.deepEqual(stamp, stampOf(path, lookOf(lstatSync(path, { bigint: true })), DEVICES));
    }
  });

  it('ends with an error of whoever is told of a folder, when its turn comes', async () => {
    const root = temporaryFolder();
    const names = Array.from({ length: 900 }, (_, i) => `f${i}`);
    write(root, ...names.map((name) => `a/${name}`), 'b/one');
    writeFileSync(Buffer.concat([Buffer.from(`${root}/b/`), Buffer.from([0xff])]), 'not UTF-8');
    const report = { ...keptReport(root), onBadName: () => Promise.reject(new Error('no room for it')) };
    let found = 0;
    const scan = async () => {
      for await (const _ of scanFolder(targetOf(root), DEVICES, report)) {
        found++;
      }
    };
    await assert.rejects(scan(), /no room for it/);
    assert.equal(found, 900);
  });

  it('tells of what it meets one after the other, in the order of folders, also of those listed before their turn', async () => {
    const root = temporaryFolder();
    const names = Array.from({ length: 900 }, (_, i) => `f${i}`);
    write(root, ...names.map((name) => `a/${name}`), ...['b/one', 'c/one', 'd/one']);
    for (const folder of ['b', 'c', 'd']) {
      for (const byte of [0xfe, 0xff]) {
        writeFileSync(Buffer.concat([Buffer.from(`${root}/${folder}/`), Buffer.from([byte])]), 'not UTF-8');
      }
    }
    const told: string[] = [];
    let isTelling = false;
    const report: ScanReport = {
      ...keptReport(root),
      async onBadName({ shown }) {
        assert.equal(isTelling, false, 'two things at once');
        isTelling = true;
        await setTimeout(5);
        isTelling = false;
        told.push(relative(root, shown));
      },
    };
    for await (const { path } of scanFolder(targetOf(root), DEVICES, report)) {
      told.push(relative(root, path));
    }
    const inFolder = (folder: string) => [`${folder}/\ufffd`, `${folder}/\ufffd`, `${folder}/one`];
    assert.deepEqual(told.slice(900), ['b', 'c', 'd'].flatMap(inFolder));
  });

  it('leaves out roots inside it without a word, and the library with one', async () => {
    const root = temporaryFolder();
    write(root, 'a.jpg', 'inner/b.jpg', 'one.jpg', 'library/c.jpg', 'innermost.jpg');
    const report = keptReport(root);
    const target = targetOf(root, {
      innerRoots: new Set([join(root, 'inner'), join(root, 'one.jpg')]),
      ownFolders: new Set([join(root, 'library')]),
    });
    const found = await collect(scanFolder(target, DEVICES, report));
    assert.deepEqual(
      found.map(({ path }) => relative(root, path)),
      ['a.jpg', 'innermost.jpg'],
    );
    assert.deepEqual(report.lines, ['ignored system folder']);
  });

  it('gives no file that has gone since its folder was listed', async () => {
    const root = temporaryFolder();
    const names = Array.from({ length: 200 }, (_, i) => `${1_000 + i}.jpg`);
    write(root, ...names);
    const report = keptReport(root);
    let found = 0;
    for await (const file of scanFolder(targetOf(root), DEVICES, report)) {
      found++;
      assert.notEqual(file.stamp, null);
      rmSync(join(root, '1199.jpg'), { force: true });
    }
    assert.deepEqual([found, report.lines], [199, []]);
  });

  it('says of files that nobody could look at them when their file system went away meanwhile', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const card = mounts.mount('root/card', '-t', 'tmpfs', 'none');
    const root = join(mounts.path, 'root');
    write(card, ...Array.from({ length: 200 }, (_, i) => `${1_000 + i}.jpg`), 'deep/a.jpg');
    const report = keptReport(root);
    const unseen: string[] = [];
    let found = 0;
    for await (const file of scanFolder(targetOf(root), DEVICES, report)) {
      if (++found === 1) {
        mounts.unmount(card, '--lazy');
      }
      if (file.stamp === null) {
        unseen.push(file.problem);
      }
    }
    assert.equal(found, 200);
    assert.deepEqual([unseen.length > 100, new Set(unseen)], [true, new Set(['it is not there'])]);
    assert.deepEqual(report.lines, ['unlistable card/deep']);
  });
});
