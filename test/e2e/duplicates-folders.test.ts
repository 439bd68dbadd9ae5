import assert from 'node:assert/strict';
import { cpSync, linkSync, mkdirSync, renameSync, statSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

interface Report {
  readonly across: ReadonlyArray<{ readonly name: string; readonly pictures: number }>;
  readonly goneGroups: number;
  readonly oneFileNames: number;
  readonly groups: ReadonlyArray<{
    readonly kept: readonly string[];
    readonly freeableBytes: number;
    readonly pictures: ReadonlyArray<{ readonly files: readonly string[] }>;
  }>;
}

/** Composed, as keyboards type it. */
const SPRING = 'Frühling 2024'.normalize('NFC');

describe('duplicates between folders', () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'my photos');
  const [incoming, archive] = [join(photos, 'archive', 'new in'), join(photos, 'archive')];
  const spring = join(archive, SPRING.normalize('NFD'));
  const drive = join(folder, 'drive');
  const library = ['--library', join(folder, 'library')];

  before(async () => {
    for (const each of [incoming, spring, drive, join(folder, 'apart')]) {
      mkdirSync(each, { recursive: true });
    }
    const save = (n: number, path: string) => drawNumbered(n, 200).jpeg().toFile(path);
    await save(1, join(spring, 'a b.jpg'));
    cpSync(join(spring, 'a b.jpg'), join(incoming, 'ä ö.jpg'));
    cpSync(join(spring, 'a b.jpg'), join(incoming, 'again.jpg'));
    await save(2, join(archive, 'linked.jpg'));
    linkSync(join(archive, 'linked.jpg'), join(incoming, 'hard link.jpg'));
    await save(3, join(archive, 'twice.jpg'));
    cpSync(join(archive, 'twice.jpg'), join(archive, 'twice again.jpg'));
    await save(4, join(incoming, 'new.jpg'));
    cpSync(join(incoming, 'new.jpg'), join(drive, 'new.jpg'));
    const scene = await drawManyThings('scene').png().toBuffer();
    await sharp(scene).jpeg().toFile(join(archive, 'scene.jpg'));
    await sharp(scene).resize(300).jpeg({ quality: 60 }).toFile(join(incoming, 'scene small.jpg'));
    symlinkSync(incoming, join(folder, 'link to new'));
    await askEideticJson(['index', photos, drive, '--json', ...library]);
  });

  const duplicates = (...args: readonly string[]) => askEidetic(['duplicates', ...args, ...library]);
  const reportOf = (...args: readonly string[]) =>
    askEideticJson<Report>(['duplicates', '--json', ...args, ...library]);
  const filesIn = ({ groups }: Report) =>
    groups.map(({ pictures }) =>
      pictures.flatMap(({ files }) => files.map((path) => relative(archive, path))).sort(),
    );
  const inSpring = join(SPRING.normalize('NFD'), 'a b.jpg');
  const sizeOf = (path: string) => statSync(path).size;

  it('are told of a folder and the rest of the one around it, and named through a link', async () => {
    const report = await reportOf('--copies', '--across', join(folder, 'link to new'), archive);
    assert.deepEqual(filesIn(report), [
      [inSpring, 'new in/again.jpg', 'new in/ä ö.jpg'],
      ['new in/scene small.jpg', 'scene.jpg'],
    ]);
    assert.deepEqual(
      report.across.map(({ pictures }) => pictures),
      [4, 6],
    );
    assert.equal(report.goneGroups, 0);
    assert.equal(report.oneFileNames, 1, 'the hard link is no copy');
  });

  it('leave what lies in a reference, which comes first, however its name is written', async () => {
    const named = relative(folder, join(archive, SPRING.normalize('NFC')));
    const text = await askEidetic(
      ['duplicates', '--across', incoming, named, '--reference', named, ...library],
      { cwd: folder },
    );
    assert.equal(text.exitCode, 0, text.stderr);
    const lines = text.stdout.toString().split('\n');
    assert.match(lines[0] ?? '', /^Group 1: the same bytes \(3 files, /);
    assert.match(lines[1] ?? '', /a b\.jpg {2}\(kept \(reference\), 20/);
    assert.match(lines[2] ?? '', /again\.jpg {2}\(same bytes\)/);
    const report = await reportOf('--within', archive, '--reference', join(archive, SPRING));
    assert.deepEqual(await reportOf(archive, '--reference', join(archive, SPRING)), report);
    const [group] = report.groups.filter(({ kept }) => kept.length > 0);
    assert.deepEqual(group?.kept, [join(archive, inSpring)]);
    assert.equal(group?.freeableBytes, 2 * sizeOf(join(archive, inSpring)));
    const csv = (await duplicates('--csv', '--reference', join(archive, SPRING))).stdout.toString();
    assert.match(csv, /a b\.jpg,,\d+,,kept,,,,,,,\r\n/);
  });

  it('are refused for folders that are none of the library, with those that are', async () => {
    const wrong = async (exitCode: number, words: RegExp, ...args: readonly string[]) => {
      const answer = await duplicates(...args);
      assert.equal(answer.exitCode, exitCode, answer.stderr);
      assert.match(answer.stderr, words);
      assert.equal(answer.stdout.length, 0);
    };
    const apart = join(folder, 'apart');
    await wrong(
      4,
      /apart is no part of the library, which is made of .*drive, .*my photos/,
      '--within',
      apart,
    );
    await wrong(4, /There is nothing at .*incomming/, '--across', join(archive, 'incomming'), archive);
    await wrong(2, /expected two folders or more/, '--across', archive);
    await wrong(2, /Found .*archive twice/, '--across', archive, `${archive}/`);
    await wrong(2, /lie in a reference/, '--across', incoming, archive, '--reference', photos);
    await wrong(2, /drive lies outside/, '--within', archive, '--reference', drive);
    await wrong(2, /behind one of the two/, archive, '--across', incoming, archive);
    await wrong(2, /cannot be used with/, '--within', archive, '--across', incoming, archive);
  });

  it('are left out with a word and an exit code while a drive is away', async () => {
    assert.deepEqual(filesIn(await reportOf('--across', incoming, drive)), [
      ['../../drive/new.jpg', 'new in/new.jpg'],
    ]);
    renameSync(drive, join(folder, 'unplugged'));
    const away = await duplicates('--across', incoming, drive);
    renameSync(join(folder, 'unplugged'), drive);
    assert.equal(away.exitCode, 9);
    assert.match(
      away.stdout.toString(),
      /^No duplicates found among the files that are there; others .*\.\nLooked for what has files in two of these/,
    );
    assert.match(away.stdout.toString(), /^1 group left out: /m);
  });
});
