import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import sharp from 'sharp';
import { fiveChannelTiff } from '../support/five-channel-tiff.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const OTHERS = 5;

it('a TIFF of five channels is a picture or a failure, and ends no run', async () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  await drawPictureFolder(pictures, OTHERS);
  const odd = fiveChannelTiff(32, 32);
  assert.equal((await sharp(odd).metadata()).channels, 5);
  writeFileSync(join(pictures, 'a.tif'), odd);
  const args = ['index', pictures, '--library', join(folder, 'library'), '--json'];
  const first = await runEidetic(args);
  const summary = JSON.parse(first.stdout.toString() || '{}');
  assert.equal(first.exitCode, summary.failed, first.stderr);
  assert.ok(summary.failed <= 1);
  assert.equal(summary.indexed + summary.failed, OTHERS + 1);
  const later = await runEidetic(args);
  assert.equal(JSON.parse(later.stdout.toString()).unchanged, summary.indexed, later.stderr);
});
