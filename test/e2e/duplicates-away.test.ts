import assert from 'node:assert/strict';
import { cpSync, mkdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('marks copies that are not there at the moment, and tells of no copy that only they would make', async () => {
  const folder = temporaryFolder();
  const [here, drive] = [join(folder, 'here'), join(folder, 'drive')];
  await drawPictureFolder(here, 2);
  cpSync(here, drive, { recursive: true });
  cpSync(join(here, 'part-0/0000.jpg'), join(here, 'part-0/copy.jpg'));
  const library = ['--library', join(folder, 'library')];
  await askEideticJson(['index', here, drive, '--json', ...library]);
  const before = (await askEidetic(['duplicates', ...library])).stdout.toString();
  assert.match(before, /^2 groups, 5 files, 0 pairs\./m);
  assert.doesNotMatch(before, /away/);
  renameSync(drive, join(folder, 'unplugged'));
  const { groups, goneGroups } = await askEideticJson<{
    groups: Array<{ away: string[]; pictures: Array<{ files: string[] }>; freeableBytes: number }>;
    goneGroups: number;
  }>(['duplicates', '--json', ...library], 9);
  const away = join(drive, 'part-0', '0000.jpg');
  assert.deepEqual(
    groups.map((group) => [group.away, group.pictures.map(({ files }) => files)]),
    [[[away], [[join(here, 'part-0/0000.jpg'), join(here, 'part-0/copy.jpg'), away]]]],
  );
  assert.equal(groups[0]?.freeableBytes, statSync(join(here, 'part-0/copy.jpg')).size);
  assert.equal(goneGroups, 1);
  const text = (await askEidetic(['duplicates', ...library])).stdout.toString();
  assert.match(text, /drive\/part-0\/0000\.jpg {2}\(away\)/);
  assert.match(text, /here\/part-0\/0000\.jpg {2}\((?!.*away)/);
  assert.match(text, /1 file marked as away/);
  assert.match(text, /1 group left out/);
  const csv = await askEidetic(['duplicates', '--csv', ...library]);
  const rows = csv.stdout.toString().split('\r\n');
  assert.equal(rows.filter((line) => line.includes(',away,')).length, 1 + 1);
  assert.equal(csv.exitCode, 9);
  assert.match(csv.stderr, /^1 group left out: .*mount the drive/m);
});

it('does not take a file for a copy that was edited since it was indexed, even to the same size', async () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const [first = ''] = await drawPictureFolder(pictures, 1);
  const copy = join(pictures, 'copy.jpg');
  cpSync(first, copy);
  const library = ['--library', join(folder, 'library')];
  await askEideticJson(['index', pictures, '--json', ...library]);
  utimesSync(copy, 1_000, 1_000);
  const { groups, goneGroups } = await askEideticJson<{ groups: unknown[]; goneGroups: number }>(
    ['duplicates', '--json', ...library],
    9,
  );
  assert.deepEqual([groups, goneGroups], [[], 1]);
});

it('ends with code 9 when it could not look at pictures that may be equal', async () => {
  const folder = temporaryFolder();
  const [pictures, library] = [join(folder, 'pictures'), ['--library', join(folder, 'library')]];
  mkdirSync(pictures);
  for (const level of [1, 9]) {
    writeFileSync(
      join(pictures, `${level}.png`),
      await drawNumbered(1, 200).png({ compressionLevel: level }).toBuffer(),
    );
  }
  await askEideticJson(['index', pictures, '--json', ...library]);
  renameSync(pictures, join(folder, 'unplugged'));
  const away = await askEidetic(['duplicates', ...library]);
  assert.equal(away.exitCode, 9);
  assert.match(away.stdout.toString(), /Of 2 pictures it is not known .* mount the drive/);
  renameSync(join(folder, 'unplugged'), pictures);
  const found = await askEidetic(['duplicates', ...library]);
  assert.equal(found.exitCode, 0);
  assert.match(found.stdout.toString(), /the same pixels/);
});
