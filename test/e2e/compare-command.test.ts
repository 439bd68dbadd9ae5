import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it } from 'node:test';
import sharp from 'sharp';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

it('compare prints what two files are, draws it into a new file, and never over another', async () => {
  const folder = temporaryFolder();
  const [a, b, overlay] = ['a.png', 'b.jpg', 'overlay.png'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await drawManyThings('scene').png().toFile(a);
  await sharp(a).flop().jpeg().toFile(b);
  const told = await eideticJson<Record<string, unknown>>(['compare', a, b, '--json', '--overlay', overlay]);
  assert.deepEqual(
    [told['relation'], told['words'], told['overlay']],
    ['copy', ['B is all of A, mirrored.'], overlay],
  );
  const { format, width, height } = await sharp(overlay).metadata();
  assert.deepEqual([format, width], ['png', 1600]);
  const again = await runEidetic(['compare', a, b, '--overlay', overlay], { cwd: folder });
  assert.deepEqual([again.exitCode, again.stdout.length], [2, 0]);
  assert.match(again.stderr, /overlay\.png is there already, and is not written over/);
  assert.equal((await sharp(overlay).metadata()).height, height);
  const printed = await runEidetic(['compare', 'a.png', 'b.jpg'], { cwd: folder });
  assert.deepEqual([printed.exitCode, printed.stderr], [0, '']);
  const [relation, words, , ...lines] = printed.stdout.toString().split('\n');
  assert.deepEqual([relation, words], ['copy', 'B is all of A, mirrored.']);
  assert.match(
    lines.join('\n'),
    /^A +640 x 480 +a\.png\nB +640 x 480 +b\.jpg\n\nscore +[45]\.\d\d +a copy from 3/,
  );
});
