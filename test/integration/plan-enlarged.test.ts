import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { readPlan } from '../../src/curation/read-plan.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { collect } from '../support/collect.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { texture } from '../support/texture.ts';

it('a plan keeps the original of what was enlarged, however many more pixels that has, and the larger of two otherwise', async () => {
  const folder = temporaryFolder();
  const photos = join(folder, 'photos');
  const library = ['--library', join(folder, 'library')];
  mkdirSync(photos);
  const save = (picture: Sharp, name: string) => picture.jpeg({ quality: 90 }).toFile(join(photos, name));
  for (const [seed, growth] of [1.3, 1.6, 2, 3].entries()) {
    const original = await texture(360, seed);
    await save(sharp(original), `original of ${growth}.jpg`);
    await save(
      sharp(join(photos, `original of ${growth}.jpg`)).resize(360 * growth),
      `enlarged to ${growth}.jpg`,
    );
  }
  for (const [seed, share] of [0.4, 0.6].entries()) {
    const original = await texture(700, 10 + seed);
    await save(sharp(original), `whole of ${share}.jpg`);
    await save(sharp(original).resize(700 * share), `reduced to ${share}.jpg`);
  }
  await askEideticJson(['index', photos, '--json', ...library]);
  const out = join(folder, 'plan.jsonl');
  const { exitCode, stderr } = await askEidetic(['plan', '--copies', '--out', out, ...library]);
  assert.equal(exitCode, 0, stderr);
  const actions = await collect((await readPlan(out)).actions);
  assert.deepEqual(
    actions.map(({ drop, keep }) => `${basename(drop.path)} for ${basename(keep.path)}`).sort(),
    [
      ...[1.3, 1.6, 2, 3].map((growth) => `enlarged to ${growth}.jpg for original of ${growth}.jpg`),
      ...[0.4, 0.6].map((share) => `reduced to ${share}.jpg for whole of ${share}.jpg`),
    ],
    stderr,
  );
  assert.match(
    actions.find(({ drop }) => drop.path.includes('enlarged'))?.reason ?? '',
    /enlarged from a smaller/,
  );
});
