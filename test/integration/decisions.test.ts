import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, describe, it } from 'node:test';
import sharp from 'sharp';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { insertBytes } from '../support/edit-bytes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

interface Report {
  readonly groups: ReadonlyArray<{
    readonly relation: string;
    readonly pictures: ReadonlyArray<{ readonly id: number; readonly files: readonly string[] }>;
    readonly decision: { readonly isDismissed: boolean; readonly joined: readonly number[] } | null;
  }>;
  readonly decidedGroups: number;
}

describe('decisions about pictures', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const models = join(folder, 'models');
  const environment = { EIDETIC_LIBRARY: join(folder, 'library'), EIDETIC_MODELS: models };
  const at = (name: string) => join(pictures, name);
  const run = (...args: string[]) => askEidetic(args, { environment });
  const report = (...args: string[]) =>
    askEideticJson<Report>(['duplicates', '--copies', '--json', ...args], 0, { environment });
  const index = () => askEideticJson(['index', pictures, '--json'], 0, { environment });
  const decide = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await run('decide', ...args, '--by', 'Ann');
    assert.equal(exitCode, 0, stderr);
    return stdout.toString();
  };
  const namesOf = ({ groups }: Report) =>
    groups.map((group) => group.pictures.flatMap(({ files }) => files.map((path) => basename(path))).sort());

  before(async () => {
    mkdirSync(pictures);
    mkdirSync(models);
    const lake = await drawManyThings('lake').png().toBuffer();
    await sharp(lake).jpeg({ quality: 92 }).toFile(at('lake.jpg'));
    await sharp(lake).resize(320).jpeg({ quality: 70 }).toFile(at('small.jpg'));
    await drawManyThings('hill').jpeg().toFile(at('hill.jpg'));
    await drawManyThings('street').jpeg().toFile(at('street.jpg'));
    await index();
  });

  it('are refused about what the library does not know, and about too few pictures', async () => {
    for (const [args, exitCode, words] of [
      [['copy', at('lake.jpg'), at('nothing.jpg')], 4, /no picture file that the library knows/],
      [['copy', '--id', '1', '999'], 4, /no picture 999/],
      [['copy', at('lake.jpg')], 2, /one picture/],
      [['copy'], 2, /no picture to decide about/],
      [['undecided', at('lake.jpg'), at('small.jpg')], 4, /Nothing was decided/],
    ] as const) {
      const answer = await run('decide', ...args);
      assert.equal(answer.exitCode, exitCode, answer.stderr);
      assert.match(answer.stderr, words);
    }
    assert.match((await run('decisions')).stdout.toString(), /Nothing was decided yet/);
  });

  it('say that pictures are no copies, whatever they look like, until that is taken back', async () => {
    assert.deepEqual(namesOf(await report()), [['lake.jpg', 'small.jpg']]);
    const said = await decide('not-copy', at('lake.jpg'), at('small.jpg'));
    assert.match(
      said,
      /^These 2 pictures are no copies of each other, said Ann: .*lake\.jpg, .*small\.jpg\.\n$/,
    );
    assert.deepEqual(namesOf(await report()), []);
    assert.match(await decide('undecided', at('small.jpg'), at('lake.jpg')), /nothing is decided any more/);
    assert.deepEqual(namesOf(await report()), [['lake.jpg', 'small.jpg']]);
  });

  it('say that pictures are copies that do not look like any', async () => {
    await decide('copy', at('hill.jpg'), at('street.jpg'), '--note', 'I drew both');
    assert.deepEqual(
      namesOf(await report()),
      [
        ['lake.jpg', 'small.jpg'],
        ['hill.jpg', 'street.jpg'],
      ].sort() as string[][],
    );
    const text = (await run('duplicates', '--copies')).stdout.toString();
    assert.match(text, /Ann decided on \d{4}-\d\d-\d\d that these are copies \(I drew both\): /);
    await decide('undecided', at('hill.jpg'), at('street.jpg'));
  });

  it('keep a group out of reports after moves, another model and edits of metadata, until a copy joins', async () => {
    await decide('keep-both', at('lake.jpg'), at('small.jpg'));
    const isLeftOut = async (when: string) => {
      const found = await report();
      assert.deepEqual(namesOf(found), [], when);
      assert.equal(found.decidedGroups, 1, when);
    };
    await isLeftOut('decided');
    const shown = await report('--decided');
    assert.equal(shown.groups[0]?.decision?.isDismissed, true);
    assert.match(
      (await run('duplicates', '--copies')).stdout.toString(),
      /1 group left out: somebody decided/,
    );

    mkdirSync(at('moved'));
    renameSync(at('lake.jpg'), at('moved/lake.jpg'));
    await index();
    await isLeftOut('moved');

    for (const name of ['moved/lake.jpg', 'small.jpg']) {
      writeFileSync(at(name), withComment(readFileSync(at(name)), `a title of ${name}`));
    }
    await index();
    await isLeftOut('edited');

    cpSync('models/bundled', join(models, 'small'), { recursive: true });
    const file = join(models, 'small', 'model.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as { input: object };
    const input = { ...manifest.input, height: 160, width: 160 };
    writeFileSync(file, JSON.stringify({ ...manifest, id: 'small', input }));
    const again = await run('reindex', '--model', 'small');
    assert.equal(again.exitCode, 0, again.stderr);
    await isLeftOut('described by another model');

    await sharp(at('moved/lake.jpg')).flop().jpeg({ quality: 80 }).toFile(at('mirrored.jpg'));
    await index();
    const found = await report();
    assert.deepEqual(namesOf(found), [['lake.jpg', 'mirrored.jpg', 'small.jpg']]);
    const text = (await run('duplicates', '--copies')).stdout.toString();
    assert.match(text, /joined what Ann decided to keep on \d{4}-\d\d-\d\d: \S*mirrored\.jpg\n/);
  });

  it('are exported, and merged once; a damaged line merges nothing', async () => {
    const file = join(folder, 'decisions.jsonl');
    assert.equal((await run('decisions', 'export', file)).exitCode, 0);
    assert.match((await run('decisions', 'merge', file)).stdout.toString(), /^0 decisions added, 5 known/);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const bob = { ...JSON.parse(lines.at(-1) ?? ''), kind: 'not-copy', decidedBy: 'Bob' };
    const other = { ...bob, decidedAt: '2020-01-01T00:00:00Z' };
    writeFileSync(file, `${JSON.stringify(other)}\n{"schema"\n`);
    const refused = await run('decisions', 'merge', file);
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /Line 2 of .* is no decision/);
    assert.equal((await run('decisions', '--jsonl')).stdout.toString().trim().split('\n').length, 5);
    writeFileSync(file, `${JSON.stringify(other)}\n`);
    assert.match(
      (await run('decisions', 'merge', file)).stdout.toString(),
      /Conflict of one set.*lost {3}2020.*Bob.*1 decision added, 0 known already/s,
    );
    assert.equal((await run('decisions', 'merge', file)).exitCode, 0);
  });
});

/** The same JPEG with a comment: other bytes, the same coded picture. */
function withComment(jpeg: Uint8Array, text: string): Buffer {
  const words = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, 0, words.length + 2]);
  return insertBytes(jpeg, 2, head, words);
}
