import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { evaluateCopies } from '../../src/engine/evaluate-copies.ts';
import { evaluatedModels, spacesOf } from '../../src/engine/evaluated-models.ts';
import type { CopyEdit } from '../../src/sample/copy-edits.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { refuses } from '../support/refuses.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NEVER = new AbortController().signal;

describe('evaluateCopies', () => {
  it('tells of copies that cannot be made or looked at, and goes on with the others', async () => {
    const folder = temporaryFolder();
    const pictures = await drawPictureFolder(folder, 3);
    mkdirSync(join(folder, 'library'));
    writeFileSync(join(folder, 'library', 'thumbnail.jpg'), 'nobody looks at it');
    const config = resolveConfig({ library: join(folder, 'library') }, {});
    const models = await evaluatedModels(config, []);
    const lost = pictures[2] as string;
    const edits: CopyEdit[] = [
      { name: 'none', make: async (original) => original },
      { name: 'impossible', make: () => Promise.reject(new Error('there is too little of it')) },
      { name: 'no picture', make: async () => Buffer.from('no picture') },
    ];
    const { looked, originals, contenders } = await evaluateCopies(
      config,
      { folders: [folder], models, space: 'copy', withHash: false, edits, queries: 9, seed: 1 },
      ({ phase, done, total }) => {
        if (phase === 'look' && done === total) {
          rmSync(lost);
        }
      },
      NEVER,
    );
    assert.equal(originals, 3);
    assert.deepEqual(looked.passedOver, { 'system folder': 1 });
    assert.deepEqual(
      looked.failures.map(({ path, code }) => [path, code]),
      [
        ...pictures.slice(0, 2).flatMap((path) => [
          [`${path} (impossible)`, 'IMAGE_UNREADABLE'],
          [`${path} (no picture)`, 'FORMAT_UNSUPPORTED'],
        ]),
        [lost, 'IMAGE_UNREADABLE'],
      ],
    );
    assert.match(looked.failures[0]?.message ?? '', /cannot be made: there is too little of it\.$/);
    const [contender] = contenders;
    assert.equal(contender?.figures.queries, 2);
    assert.deepEqual(Object.keys(contender?.figures.recallAt1ByEdit ?? {}), ['none']);
    assert.equal(contender?.figures.recallAt1.value, 1);
    assert.ok((contender?.figures.threshold ?? 0) > 0.9);
  });
});

describe('spacesOf', () => {
  it('gives what the model has, and refuses a space that it lacks', async () => {
    const [model] = await evaluatedModels(resolveConfig({}, {}), []);
    assert(model !== undefined);
    assert.deepEqual(
      spacesOf(model, 'all').map(({ id, from }) => [id, from]),
      [
        ['similar', 'cls'],
        ['copy', 'copy'],
      ],
    );
    const { vectors: _, ...outputs } = model.manifest.outputs;
    const plain = { ...model, manifest: { ...model.manifest, outputs } };
    assert.deepEqual(
      spacesOf(plain, 'all').map(({ id }) => id),
      ['similar'],
    );
    const refused = Promise.resolve().then(() => spacesOf(plain, 'copy'));
    await refuses(refused, 'INVALID_INPUT', new RegExp(`The model ${BUNDLED_ID} has no space "copy"`));
  });
});
