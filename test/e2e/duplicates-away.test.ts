import assert from 'node:assert/strict';
import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('marks copies that are not there at the moment: nobody shall delete the one that is for them', async () => {
  const folder = temporaryFolder();
  const [here, drive] = [join(folder, 'here'), join(folder, 'drive')];
  await drawPictureFolder(here, 2);
  cpSync(here, drive, { recursive: true });
  const library = ['--library', join(folder, 'library')];
  await eideticJson(['index', here, drive, '--json', ...library]);
  const before = await runEidetic(['duplicates', ...library]);
  assert.doesNotMatch(before.stdout.toString(), /away/);
  renameSync(drive, join(folder, 'unplugged'));
  const { groups } = await eideticJson<{ groups: Array<{ away: string[] }> }>([
    'duplicates',
    '--json',
    ...library,
  ]);
  assert.deepEqual(groups.flatMap(({ away }) => away).sort(), [
    join(drive, 'part-0', '0000.jpg'),
    join(drive, 'part-1', '0001.jpg'),
  ]);
  const text = (await runEidetic(['duplicates', ...library])).stdout.toString();
  assert.match(text, /drive\/part-0\/0000\.jpg {2}\(.*, away\)/);
  assert.match(text, /here\/part-0\/0000\.jpg {2}\((?!.*away)/);
  assert.match(text, /2 files marked as away/);
  const csv = (await runEidetic(['duplicates', '--csv', ...library])).stdout.toString();
  assert.equal(csv.split('\r\n').filter((line) => line.includes(',away,')).length, 1 + 2);
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
  await eideticJson(['index', pictures, '--json', ...library]);
  renameSync(pictures, join(folder, 'unplugged'));
  const away = await runEidetic(['duplicates', ...library]);
  assert.equal(away.exitCode, 9);
  assert.match(away.stdout.toString(), /Of 2 pictures it is not known .* mount the drive/);
  renameSync(join(folder, 'unplugged'), pictures);
  const found = await runEidetic(['duplicates', ...library]);
  assert.equal(found.exitCode, 0);
  assert.match(found.stdout.toString(), /the same pixels/);
});
