import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { drawSample } from '../../src/sample/draw-sample.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { makeOlderLibrary } from '../support/older-library.ts';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { installTinyModel } from '../support/tiny-model.ts';

const PICTURES = 8;

it('npm start brings the sample’s library over that a former release made with another model, and says so', async () => {
  const folder = temporaryFolder();
  // A few of its pictures, since `npm start` embeds all of them.
  const truth = await drawSample('data/sample');
  const pictures = truth.pictures.slice(0, PICTURES);
  for (const picture of pictures) {
    const path = join(folder, 'data/sample/pictures', picture);
    mkdirSync(dirname(path), { recursive: true });
    cpSync(join('data/sample/pictures', picture), path);
  }
  const small = { ...truth, pictures, copies: [], identical: [], samePixels: [] };
  writeFileSync(join(folder, 'data/sample/truth.json'), JSON.stringify(small));
  const models = join(folder, 'models');
  mkdirSync(join(models, 'old'), { recursive: true });
  const { manifest } = installTinyModel(join(models, 'old'), { dimensions: 48 });
  writeFileSync(join(models, 'old', 'model.json'), JSON.stringify({ ...manifest, id: 'eidetic-xs16' }));
  const environment = { EIDETIC_MODELS: models, EIDETIC_LIBRARY: resolve(folder, 'data/sample-library') };
  const library = environment.EIDETIC_LIBRARY;
  await makeOlderLibrary(resolveConfig({ library, models, model: 'eidetic-xs16' }, {}));
  await eideticJson(['index', join(folder, 'data/sample/pictures'), '--model', 'eidetic-xs16', '--json'], 0, {
    environment,
  });
  rmSync(models, { recursive: true });

  const { exitCode, stdout, stderr } = await runEidetic(['start'], {
    environment: { EIDETIC_MODELS: models },
    cwd: folder,
    onStart(child) {
      let said = '';
      child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('Ready:')) {
          child.kill('SIGINT');
        }
      });
    },
  });
  assert.equal(exitCode, 0, stderr);
  assert.match(stderr, /Embedded the sample again: an older version or another model had done so before\./);
  assert.match(stdout.toString(), new RegExp(`Found ${PICTURES} files: 0 indexed, ${PICTURES} unchanged`));
  assert.match(stdout.toString(), /Most similar to .*\n.*\n +1\.0000 /);
  const { models: known } = await eideticJson<{ models: Array<{ id: string; active: boolean }> }>(
    ['stats', '--json'],
    0,
    { environment },
  );
  assert.deepEqual(
    known.map(({ id, active }) => [id, active]),
    [
      ['eidetic-xs16', false],
      [BUNDLED_ID, true],
    ],
  );
});
