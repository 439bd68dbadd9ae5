import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { before, beforeEach, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { failingFiles } from '../support/failing-files.ts';
import { makeMountFolder, runCommand } from '../support/mount-folder.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { rotFile } from '../support/rot-file.ts';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Verified {
  readonly files: ReadonlyArray<{
    readonly path: string;
    readonly verdict: string;
    readonly reason?: string;
    readonly good?: ReadonlyArray<{ readonly path: string; readonly relation: string }>;
    readonly inVain?: number;
  }>;
  readonly summary: {
    readonly beganAt: string;
    readonly files: number;
    readonly sound: number;
    readonly rotten: number;
    readonly unreadable: number;
    readonly changed: number;
    readonly away: number;
    readonly outdated: number;
    readonly awayPlaces: ReadonlyArray<{ readonly path: string; readonly files: number }>;
    readonly isResumed: boolean;
    readonly isStopped: boolean;
    readonly isKept: boolean;
  };
}

const PICTURES = 12;

/** A segment that says nothing of the picture. */
const COMMENT = Buffer.from('fffe0006756e6f21', 'hex');

describe('eidetic verify', () => {
  const folder = temporaryFolder();
  const [drawn, template] = [join(folder, 'drawn'), join(folder, 'template')];
  const [pictures, library] = [join(folder, 'pictures'), join(folder, 'library')];
  const at = (...names: string[]) => join(pictures, ...names);

  before(async () => {
    await drawPictureFolder(drawn, PICTURES);
    mkdirSync(join(drawn, 'copies'));
    cpSync(join(drawn, 'part-1', '0001.jpg'), join(drawn, 'copies', 'one.jpg'));
    const two = readFileSync(join(drawn, 'part-2', '0002.jpg'));
    writeFileSync(
      join(drawn, 'copies', 'two.jpg'),
      Buffer.concat([two.subarray(0, 2), COMMENT, two.subarray(2)]),
    );
    cpSync(drawn, pictures, { recursive: true, preserveTimestamps: true });
    await askEideticJson(['index', pictures, '--library', template, '--json']);
  });

  /** All as it was; what is known is not embedded again. */
  beforeEach(async () => {
    rmSync(pictures, { recursive: true, force: true });
    rmSync(library, { recursive: true, force: true });
    cpSync(drawn, pictures, { recursive: true, preserveTimestamps: true });
    cpSync(template, library, { recursive: true });
    await askEideticJson(['index', pictures, '--library', library, '--json']);
  });

  const verify = (expected: number, ...args: readonly string[]) =>
    askEideticJson<Verified>(['verify', '--library', library, '--json', ...args], expected);

  /** What is kept of runs that were stopped. */
  function kept(): Array<{ readonly path: string; readonly sound: number }> {
    const path = join(library, 'verifications');
    const names = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : [];
    return names.map((name) => ({
      path: join(path, name),
      sound: JSON.parse(readFileSync(join(path, name), 'utf8')).soFar.sound,
    }));
  }

  /** Has the program stopped when it has kept that so many files are sound. */
  const stopAfter = (sound: number, signal: NodeJS.Signals) => ({
    async onStart(child: ChildProcess) {
      while (!kept().some((one) => one.sound >= sound) && child.exitCode === null) {
        await setTimeout(20);
      }
      child.kill(signal);
    },
  });

  const ALL = PICTURES + 2;

  function addsUp({ summary }: Verified): void {
    const { files, sound, rotten, unreadable, changed, away } = summary;
    assert.equal(sound + rotten + unreadable + changed + away, files);
  }

  it('finds every file sound that has the bytes it had, and leaves no trace', async () => {
    const long = new Date('2001-02-03');
    utimesSync(at('copies', 'one.jpg'), long, statSync(at('copies', 'one.jpg')).mtime);
    const verified = await verify(0);
    assert.deepEqual(verified.files, []);
    assert.deepEqual([verified.summary.files, verified.summary.sound], [ALL, ALL]);
    assert.equal(verified.summary.outdated, 1, 'that somebody set a time of access is a change of its inode');
    assert.equal(statSync(at('copies', 'one.jpg')).atimeMs, long.getTime());
    assert.deepEqual(kept(), []);
    const text = await askEidetic(['verify', at('part-1'), '--library', library]);
    assert.match(
      text.stdout.toString(),
      /^3 files: 3 sound \(\d.*\), 0 rotten, .* 0 away\.\nAll that was there was looked at since 20/,
    );
  });

  it('names good copies of what is rotten, and makes it a failure beside its picture', async () => {
    rotFile(library, at('part-1', '0001.jpg'));
    rotFile(library, at('part-2', '0002.jpg'));
    rotFile(library, at('part-3', '0003.jpg'));
    const verified = await verify(1);
    assert.deepEqual(
      verified.files.map(({ path, verdict, good, inVain }) => [basename(path), verdict, good, inVain]),
      [
        ['0001.jpg', 'rotten', [{ path: at('copies', 'one.jpg'), relation: 'identical' }], 0],
        ['0002.jpg', 'rotten', [{ path: at('copies', 'two.jpg'), relation: 'same-image-data' }], 0],
        ['0003.jpg', 'rotten', [], 0],
      ],
    );
    addsUp(verified);
    assert.equal(verified.summary.rotten, 3);
    const failures = await askEideticJson<Array<{ path: string; code: string }>>([
      ...['failures', '--library', library, '--json'],
    ]);
    assert.deepEqual(
      failures.map(({ path, code }) => [basename(path), code]),
      ['0001.jpg', '0002.jpg', '0003.jpg'].map((name) => [name, 'FILE_ROTTEN']),
    );
    // Restored from its copy, it is sound, and the next index run knows it.
    cpSync(at('copies', 'one.jpg'), at('part-1', '0001.jpg'));
    const restored = await verify(1);
    assert.deepEqual([restored.summary.rotten, restored.summary.outdated], [2, 1]);
    rotFile(library, at('copies', 'one.jpg'));
    rmSync(at('part-1', '0001.jpg'));
    const { stdout } = await askEidetic(['verify', '--library', library, at('copies')]);
    assert.match(
      stdout.toString(),
      /^rotten: .*one\.jpg: .*\n {2}no good copy is known: 1 other file looked at/,
    );
  });

  it('finds what has rotten on a disk', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    const image = join(mounts.path, 'disk.img');
    writeFileSync(image, Buffer.alloc(8 * 1024 * 1024));
    try {
      runCommand('mkfs.ext4', '-q', image);
    } catch (error) {
      t.skip(`no ext4 can be made here, so nothing was tested: ${(error as Error).message}`);
      return;
    }
    const disk = mounts.mount('disk', '-o', 'loop', image);
    const path = join(disk, 'one.jpg');
    cpSync(join(drawn, 'part-1', '0001.jpg'), path);
    await askEideticJson(['index', disk, '--library', library, '--json']);
    mounts.unmount(disk);
    const away = await verify(9, disk);
    assert.deepEqual([away.summary.away, away.summary.sound], [1, 0]);
    const bytes = readFileSync(join(drawn, 'part-1', '0001.jpg'));
    const sectors = readFileSync(image);
    const middle = bytes.subarray(bytes.length >> 1, (bytes.length >> 1) + 64);
    const place = sectors.indexOf(middle);
    sectors[place] = (sectors[place] as number) ^ 1;
    writeFileSync(image, sectors);
    mounts.mount('disk', '-o', 'loop', image);
    const rotten = await verify(1, disk);
    mounts.unmount(disk);
    const [file] = rotten.files;
    assert.deepEqual([file?.verdict, file?.path], ['rotten', path]);
    assert.deepEqual(
      file?.good?.map((one) => one.path),
      [at('copies', 'one.jpg'), at('part-1', '0001.jpg')],
    );
  });

  it('tells what was written to from what is rotten', async () => {
    writeFileSync(at('part-1', '0001.jpg'), 'shorter');
    const other = readFileSync(at('part-2', '0002.jpg'));
    other[other.length >> 1] = (other[other.length >> 1] as number) ^ 1;
    writeFileSync(at('part-2', '0002.jpg'), other);
    rmSync(at('part-3', '0003.jpg'));
    mkdirSync(at('part-3', '0003.jpg'));
    const verified = await verify(9);
    assert.deepEqual(
      verified.files.map(({ verdict, reason }) => `${verdict}: ${reason}`),
      [
        'changed: it has another size, so somebody wrote to it',
        'changed: it has other bytes and other times, so somebody wrote to it',
        'changed: it is no regular file any more',
      ],
    );
    addsUp(verified);
  });

  it('tells what is away by place, and takes nothing out', async () => {
    rmSync(at('part-1', '0001.jpg'));
    const gone = await verify(9);
    assert.deepEqual(
      gone.summary.awayPlaces.map(({ path, files }) => [path, files]),
      [[at('part-1'), 1]],
    );
    renameSync(pictures, `${pictures} unplugged`);
    mkdirSync(pictures);
    const away = await verify(9);
    assert.deepEqual([away.summary.away, away.summary.sound], [ALL, 0]);
    assert.deepEqual(
      away.summary.awayPlaces.map(({ path, files }) => [path, files]),
      [[pictures, ALL]],
    );
    rmSync(pictures, { recursive: true });
    renameSync(`${pictures} unplugged`, pictures);
    const back = await verify(9);
    assert.deepEqual([back.summary.sound, back.summary.away], [ALL - 1, 1]);
  });

  const environmentOf = failingFiles();
  const skip = environmentOf === null ? 'no C compiler here, so no system call can be made to fail' : false;

  it('tells what a disk cannot read from what lies below a folder that nobody can list', {
    skip,
  }, async () => {
    const verify = (contains: string, calls: ReadonlyArray<'open' | 'list'>, code: number) =>
      eideticJson<Verified>(['verify', '--library', library, '--json'], code, {
        environment: environmentOf?.({ below: pictures, contains, error: 'EIO', calls }) ?? {},
      });
    const unreadable = await verify('/part-1/0001', ['open'], 1);
    const [file] = unreadable.files;
    assert.deepEqual([file?.verdict, file?.reason], ['unreadable', 'the device reports an error']);
    assert.deepEqual(file?.good, [{ path: at('copies', 'one.jpg'), relation: 'identical' }]);
    const away = await verify('/part-1', ['open', 'list'], 9);
    assert.deepEqual([away.summary.away, away.files.length], [3, 0]);
    assert.equal(away.summary.awayPlaces[0]?.path, at('part-1'));
  });

  it('goes on behind what a killed run has read, and reads again what was not sound', async () => {
    rotFile(library, at('copies', 'one.jpg'));
    const total = readdirSync(pictures, { recursive: true, encoding: 'utf8' })
      .map((name) => statSync(at(name)))
      .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);
    const slow = ['verify', '--library', library, '--rate', `${Math.ceil(total / 8)}B`];
    const killed = await runEidetic(slow, stopAfter(2, 'SIGKILL'));
    assert.equal(killed.exitCode, null);
    const elsewhere = await verify(0, at('part-3'));
    assert.equal(elsewhere.summary.isResumed, false, 'a run over other folders is another one');
    const before = kept()[0]?.sound ?? 0;
    const stopped = await runEidetic([...slow, '--json'], stopAfter(before + 1, 'SIGINT'));
    assert.equal(stopped.exitCode, 130, stopped.stderr);
    const half = JSON.parse(stopped.stdout.toString()) as Verified;
    assert.ok(half.summary.isStopped && half.summary.isResumed);
    assert.ok(half.summary.sound > before && half.summary.sound < ALL - 1, `${half.summary.sound} sound`);
    // What was read is not read again: nobody would notice.
    rotFile(library, at('copies', 'two.jpg'));
    const rest = await verify(1);
    assert.equal(rest.summary.beganAt, half.summary.beganAt);
    assert.deepEqual(
      rest.files.map(({ path }) => basename(path)),
      ['one.jpg'],
    );
    assert.deepEqual([rest.summary.files, rest.summary.sound, rest.summary.isResumed], [ALL, ALL - 1, true]);
    assert.equal((await verify(1)).summary.rotten, 2, 'the next run begins anew');
  });

  it('begins anew when asked to, and when what was kept is damaged', async () => {
    const stop = () => runEidetic(['verify', '--library', library, '--rate', '2kB'], stopAfter(1, 'SIGTERM'));
    assert.equal((await stop()).exitCode, 130);
    assert.equal((await verify(0, '--begin-anew')).summary.isResumed, false);
    assert.equal((await stop()).exitCode, 130);
    writeFileSync(kept()[0]?.path ?? '', '{"soFar": {');
    const verified = await verify(0);
    assert.deepEqual([verified.summary.isResumed, verified.summary.sound], [false, ALL]);
  });

  it('verifies a library that cannot be written to, and says that nothing is kept', async (t) => {
    const mounts = makeMountFolder(t);
    if (mounts === null) {
      return;
    }
    rotFile(library, at('part-3', '0003.jpg'));
    const place = mounts.mount('library', '--bind', library);
    runCommand('mount', '-o', 'remount,bind,ro', place);
    const { exitCode, stdout, stderr } = await askEidetic(['verify', '--library', place]);
    assert.equal(exitCode, 1, stderr);
    assert.match(stdout.toString(), /13 sound .*, 1 rotten.*Nothing could be written to the library/s);
  });

  it('refuses what it cannot understand', async () => {
    const wrong = async (code: number, words: RegExp, ...args: readonly string[]) => {
      const { exitCode, stdout, stderr } = await askEidetic([
        'verify',
        '--library',
        library,
        '--json',
        ...args,
      ]);
      assert.deepEqual([exitCode, stdout.length], [code, 0], stderr);
      assert.match(stderr, words);
    };
    await wrong(4, /no part of the library/, join(folder, 'drawn'));
    for (const rate of ['50', '0MB', '-1MB', '5 apples', '1e3MB']) {
      await wrong(2, /such as 50MB/, `--rate=${rate}`);
    }
  });
});
