import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type DeviceTable, readDeviceTable } from '../../src/indexer/device-table.ts';
import { type MountFolder, makeMountFolder, runCommand } from '../support/mount-folder.ts';

const TMPFS = ['-t', 'tmpfs', 'none'];

/** `st_dev` */
function deviceOf(path: string): bigint {
  return statSync(path, { bigint: true }).dev;
}

/** What a table says of a path; a new one for each, unless it is given. */
function identityOf(path: string, table: DeviceTable = readDeviceTable()): string {
  const identity = table.identityOf(deviceOf(path), path);
  assert.ok(identity !== null, `the device of ${path} has no name`);
  return identity;
}

function write(...path: string[]): string {
  const file = join(...path);
  writeFileSync(file, '');
  return file;
}

/** Unmounts a device with an open file on it, so that nothing else is given its number until the test is over. */
function unmountHeld(place: string, folder: MountFolder, t: TestContext): void {
  const held = openSync(join(place, 'held'), 'w');
  t.after(() => closeSync(held));
  folder.unmount(place, '--lazy');
}

describe('readDeviceTable on real mounts', () => {
  it('names the root file system', { skip: process.platform !== 'linux' && 'only Linux tells' }, () => {
    assert.notEqual(identityOf('/'), '');
  });

  it('names one in memory by its place and its birth: another that takes its place is another', (t) => {
    const folder = makeMountFolder(t);
    if (folder === null) {
      return;
    }
    const place = folder.mount('a b', ...TMPFS);
    const before = { identity: identityOf(write(place, 'photo.jpg')), dev: deviceOf(place) };
    assert.ok(before.identity.startsWith(`tmpfs none at ${place} born=`), before.identity);
    unmountHeld(place, folder, t);
    folder.mount('a b', ...TMPFS);
    assert.notEqual(deviceOf(place), before.dev);
    assert.notEqual(identityOf(write(place, 'photo.jpg')), before.identity);
  });

  it('takes bind mounts of a device or of a folder on it for the same device', (t) => {
    const folder = makeMountFolder(t);
    if (folder === null) {
      return;
    }
    const place = folder.mount('place', ...TMPFS);
    mkdirSync(join(place, 'sub'));
    const whole = folder.mount('whole', '--bind', place);
    const part = folder.mount('part', '--bind', join(place, 'sub'));
    assert.equal(identityOf(whole), identityOf(place));
    assert.equal(identityOf(part), identityOf(place));
    const disk = folder.mount('disk', '--bind', '/');
    assert.equal(identityOf(disk), identityOf('/'));
  });

  it('tells two devices from each other, also where one hides the other', (t) => {
    const folder = makeMountFolder(t);
    if (folder === null) {
      return;
    }
    const one = folder.mount('one', ...TMPFS);
    const two = folder.mount('two', ...TMPFS);
    assert.notEqual(identityOf(one), identityOf(two));
    assert.notEqual(identityOf(one), identityOf(folder.path));
    const bound = folder.mount('bound', '--bind', one);
    folder.mount('one', ...TMPFS);
    assert.notEqual(deviceOf(bound), deviceOf(one));
    assert.notEqual(identityOf(bound), identityOf(one));
  });

  it('notices what is mounted after it was read, and what is no longer', (t) => {
    const folder = makeMountFolder(t);
    if (folder === null) {
      return;
    }
    const table = readDeviceTable();
    const place = folder.mount('place', ...TMPFS);
    const dev = deviceOf(place);
    assert.ok(identityOf(place, table).startsWith(`tmpfs none at ${place} born=`));
    unmountHeld(place, folder, t);
    assert.equal(readDeviceTable().identityOf(dev, place), null);
    assert.equal(identityOf(place), identityOf(folder.path));
  });

  it('takes all layers of an overlay for one device', (t) => {
    const folder = makeMountFolder(t);
    if (folder === null) {
      return;
    }
    const lower = folder.mount('lower', ...TMPFS);
    const upper = folder.mount('upper', ...TMPFS);
    write(lower, 'below.jpg');
    for (const name of ['files', 'work']) {
      mkdirSync(join(upper, name));
    }
    const layers = `xino=off,lowerdir=${lower},upperdir=${upper}/files,workdir=${upper}/work`;
    const merged = folder.mount('merged', '-t', 'overlay', 'overlay', '-o', layers);
    const below = join(merged, 'below.jpg');
    assert.notEqual(deviceOf(below), deviceOf(merged));
    for (const path of [merged, below, write(merged, 'above.jpg')]) {
      assert.equal(identityOf(path), `overlay overlay at ${merged}`);
    }
  });

  it('names a btrfs by its UUID and subvolume, however the subvolume is reached', (t) => {
    const folder = makeMountFolder(t);
    if (folder === null) {
      return;
    }
    const image = write(folder.path, 'image');
    const uuid = randomUUID();
    try {
      truncateSync(image, 160 * 1024 * 1024);
      runCommand('mkfs.btrfs', '--quiet', '--uuid', uuid, image);
      folder.unmount(folder.mount('whole', '-o', 'loop', image));
    } catch (error) {
      t.skip(`no btrfs can be made or mounted here, so it was not tested: ${(error as Error).message}`);
      return;
    }
    const whole = folder.mount('whole', '-o', 'loop', image);
    runCommand('btrfs', 'subvolume', 'create', join(whole, '@home'));
    runCommand('btrfs', 'subvolume', 'create', join(whole, '@home', 'my pics'));
    const outer = write(whole, '@home', 'a.jpg');
    const inner = write(whole, '@home', 'my pics', 'a.jpg');
    const loop = runCommand('findmnt', '--noheadings', '--output', 'SOURCE', whole).trim();
    const home = folder.mount('home', '-o', 'subvol=@home', loop);
    const pics = folder.mount('pics', '--bind', join(home, 'my pics'));

    assert.equal(identityOf(whole), `btrfs uuid=${uuid} subvolume=/`);
    for (const path of [home, outer, join(home, 'a.jpg')]) {
      assert.equal(identityOf(path), `btrfs uuid=${uuid} subvolume=/@home`, path);
    }
    for (const path of [pics, inner, join(home, 'my pics', 'a.jpg'), join(pics, 'a.jpg')]) {
      assert.equal(identityOf(path), `btrfs uuid=${uuid} subvolume=/@home/my pics`, path);
    }
  });
});
