import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { BUNDLED_ID } from '../support/bundled-model.ts';
import { failingFiles } from '../support/failing-files.ts';
import { killAfterCommit } from '../support/kill-after-commit.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Answer {
  readonly hits: ReadonlyArray<{ readonly id: number; readonly similarity: number }>;
}

interface Stats {
  readonly models: ReadonlyArray<{
    readonly id: string;
    readonly active: boolean;
    readonly pictures: number;
  }>;
}

const PICTURES = 100;

describe('two models in one library', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const template = join(folder, 'template');
  const models = join(folder, 'models');
  const failing = failingFiles();

  before(async () => {
    await drawPictureFolder(pictures, PICTURES);
    // The bundled weights under another recipe: to the catalog a model like any other.
    mkdirSync(models);
    cpSync('models/bundled', join(models, 'small'), { recursive: true });
    const file = join(models, 'small', 'model.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
      id: string;
      input: { height: number; width: number };
    };
    writeFileSync(
      file,
      JSON.stringify({ ...manifest, id: 'small', input: { ...manifest.input, height: 96, width: 96 } }),
    );
    await eideticJson(['index', pictures, '--library', template, '--json']);
  });

  /** A library of its own, indexed with the bundled model. */
  function library() {
    const own = join(temporaryFolder(), 'library');
    cpSync(template, own, { recursive: true });
    const environment = { EIDETIC_LIBRARY: own, EIDETIC_MODELS: models };
    return {
      path: own,
      run: (...args: string[]) => askEidetic(args, { environment }),
      json: <Value>(...args: string[]) => askEideticJson<Value>([...args, '--json'], 0, { environment }),
      start: (args: string[], onStart: Parameters<typeof runEidetic>[1] & object) =>
        runEidetic(args, { environment, ...onStart }),
    };
  }

  const search = ['search', '--id', '9', '--limit', '20'];

  it('refuses the second model until it is asked to reindex', async () => {
    const { run } = library();
    for (const args of [
      [...search, '--model', 'small'],
      ['index', pictures, '--model', 'small'],
      ['models', 'use', 'small'],
    ]) {
      const { exitCode, stderr } = await run(...args);
      assert.equal(exitCode, 5, stderr);
      assert.match(stderr, /eidetic reindex --model small/);
    }
  });

  it('answers from the first model until the second has embedded everything, then from the second', async () => {
    const { run, json, start } = library();
    const first = await json<Answer>(...search);
    let answers = 0;
    let isRunning = true;
    const reindex = start(['reindex', '--model', 'small'], {}).finally(() => {
      isRunning = false;
    });
    while (isRunning) {
      const { hits } = await json<Answer>(...search);
      if (isRunning) {
        assert.deepEqual(hits, first.hits);
        answers++;
      }
    }
    assert.equal((await reindex).exitCode, 0, (await reindex).stderr);
    assert.ok(answers > 0, 'no search was made while the second model embedded');
    const second = await json<Answer>(...search);
    assert.equal(second.hits.length, first.hits.length);
    assert.notDeepEqual(second.hits, first.hits);
    assert.deepEqual(await json<Answer>(...search, '--model', BUNDLED_ID), first);
    const { models: known } = await json<Stats>('stats');
    assert.deepEqual(
      known.map(({ id, active, pictures: n }) => [id, active, n]),
      [
        [BUNDLED_ID, false, PICTURES],
        ['small', true, PICTURES],
      ],
    );
    const foreign = /was for eidetic-\S+, which is not the model in use/;
    assert.match((await run('index', '--model', BUNDLED_ID)).stderr, foreign);
    assert.equal((await run('models', 'use', BUNDLED_ID)).exitCode, 0);
    assert.deepEqual(await json<Answer>(...search), first);
    assert.doesNotMatch((await run('index', '--model', BUNDLED_ID)).stderr, foreign);
  });

  it('keeps the first model when it is killed in the middle, and goes on from there', async () => {
    const { json, start, path } = library();
    const first = await json<Answer>(...search);
    const killed = await start(['reindex', '--model', 'small'], {
      onStart: (child) => killAfterCommit(child, path, 'small', 'SIGKILL'),
    });
    assert.equal(killed.exitCode, null, killed.stderr);
    const { models: known } = await json<Stats>('stats');
    const embedded = known.find(({ id }) => id === 'small')?.pictures ?? 0;
    assert.ok(embedded > 0 && embedded < PICTURES, `${embedded} embedded when it was killed`);
    assert.deepEqual(await json<Answer>(...search), first);
    const rest = await json<{ isInUse: boolean; summary: { embedded: number } }>(
      'reindex',
      '--model',
      'small',
    );
    assert.equal(rest.isInUse, true);
    assert.equal(rest.summary.embedded, PICTURES - embedded);
  });

  it('embeds what was reached through symbolic links too', async () => {
    const own = temporaryFolder();
    const linked = join(own, 'pictures');
    mkdirSync(linked);
    symlinkSync(join(pictures, 'part-0'), join(linked, 'folder'));
    symlinkSync(join(pictures, 'part-1', '0001.jpg'), join(linked, 'file.jpg'));
    const environment = { EIDETIC_LIBRARY: join(own, 'library'), EIDETIC_MODELS: models };
    const json = <Value>(...args: string[]) => askEideticJson<Value>([...args, '--json'], 0, { environment });
    const { indexed } = await json<{ indexed: number }>('index', linked, '--follow-symlinks');
    const reindexed = await json<{ isInUse: boolean; summary: { failed: number } }>(
      'reindex',
      '--model',
      'small',
    );
    assert.deepEqual([reindexed.isInUse, reindexed.summary.failed], [true, 0]);
    assert.equal((await json<{ files: number }>('stats')).files, indexed);
  });

  it('embeds what can be read below a folder that cannot be listed', {
    skip: failing === null && 'no C compiler here, so no system call can be made to fail',
  }, async () => {
    const { path } = library();
    const environment = {
      ...{ EIDETIC_LIBRARY: path, EIDETIC_MODELS: models },
      ...failing?.({ below: pictures, error: 'EIO', calls: ['list'] }),
    };
    const { exitCode, stdout, stderr } = await runEidetic(['reindex', '--model', 'small'], { environment });
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout.toString(), /now uses small/);
  });

  it('does not take the files of a drive that is away for deleted ones', async () => {
    const { run, json } = library();
    renameSync(pictures, `${pictures}-away`);
    try {
      const { exitCode, stdout } = await run('reindex', '--model', 'small');
      assert.equal(exitCode, 9);
      assert.match(stdout.toString(), /not mounted/);
      assert.match(stdout.toString(), new RegExp(`${PICTURES} files left: small is not in use yet`));
      assert.equal((await json<{ files: number }>('stats')).files, PICTURES);
    } finally {
      renameSync(`${pictures}-away`, pictures);
    }
  });
});
