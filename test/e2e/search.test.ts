import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { eideticJson } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Answer {
  readonly query: unknown;
  readonly hits: ReadonlyArray<{
    readonly id: number;
    readonly similarity: number;
    readonly files: string[];
    readonly width: number;
    readonly format: string;
  }>;
}

describe('eidetic search', () => {
  const folder = temporaryFolder();
  const library = join(folder, 'library');
  let paths: string[] = [];

  const run = (...args: string[]) => askEidetic(['search', ...args, '--library', library]);
  const json = (...args: string[]) =>
    askEideticJson<Answer>(['search', ...args, '--library', library, '--json']);

  before(async () => {
    paths = await drawPictureFolder(join(folder, 'pictures'), 30);
    await askEideticJson(['index', join(folder, 'pictures'), '--library', library, '--json']);
  });

  it('finds a picture of the library first, most similar first', async () => {
    const { hits } = await json(paths[3] ?? '');
    assert.deepEqual(hits[0]?.files, [paths[3]]);
    assert.ok((hits[0]?.similarity ?? 0) > 0.999);
    assert.deepEqual(
      hits.map(({ similarity }) => similarity),
      hits.map(({ similarity }) => similarity).sort((a, b) => b - a),
    );
    assert.equal(hits.length, 10);
    assert.deepEqual([hits[0]?.width, hits[0]?.format], [96, 'jpeg']);
  });

  it('answers alike by file, by stdin and by id', async () => {
    const byFile = await json(paths[5] ?? '');
    const byStdin = await eideticJson<Answer>(['search', '-', '--library', library, '--json'], 0, {
      stdin: readFileSync(paths[5] ?? ''),
    });
    const byId = await json('--id', String(byFile.hits[0]?.id));
    assert.deepEqual(byStdin.hits, byFile.hits);
    assert.deepEqual(byId.hits.slice(0, 9), byFile.hits.slice(1), 'without the picture itself');
    assert.deepEqual(byId.query, { id: byFile.hits[0]?.id });
  });

  it('keeps to limit, least similarity and path', async () => {
    const all = await json('--id', '1', '--limit', '100');
    assert.equal(all.hits.length, 29);
    const least = all.hits[7]?.similarity ?? 0;
    assert.equal(
      (await json('--id', '1', '--min-similarity', String(least), '--limit', '100')).hits.length,
      8,
    );
    const below = await json('--id', '1', '--path', join(folder, 'pictures', 'part-1'), '--limit', '100');
    assert.deepEqual(
      below.hits.map(({ files }) => files[0]).sort(),
      paths.filter((path) => path.includes('part-1')),
    );
    const part = await json('--id', '1', '--path-contains', 'rt-2/', '--limit', '100');
    assert.equal(part.hits.length, paths.filter((path) => path.includes('part-2')).length);
    const pattern = await json('--id', '1', '--path-contains', 'part-[12]', '--limit', '100');
    assert.deepEqual(pattern.hits, [], 'brackets are a name');
  });

  it('prints a table, lines of JSON, or paths ended by NUL bytes', async () => {
    const [, second = ''] = [...paths].sort();
    const table = (await run(second, '--limit', '2')).stdout.toString().split('\n');
    assert.match(table[0] ?? '', /similarity\s+id\s+pixels\s+file/);
    assert.match(table[1] ?? '', /1\.0000 .* 96 x 96 .*0004\.jpg/);
    const lines = (await run('--id', '2', '--jsonl', '--limit', '3')).stdout.toString().trim().split('\n');
    assert.equal(lines.map((line) => JSON.parse(line) as { id: number }).length, 3);
    const nul = (await run(second, '-0', '--limit', '3')).stdout.toString();
    assert.deepEqual(nul.split('\0').slice(0, 1), [second]);
    assert.equal(nul.split('\0').length, 4);
  });

  const mistakes: ReadonlyArray<[name: string, args: string[], exitCode: number, message: RegExp]> = [
    ['no query', [], 2, /exactly one query/],
    ['two queries', ['x.jpg', '--id', '1'], 2, /exactly one query/],
    ['a file that is not there', ['/nowhere/x.jpg'], 4, /\/nowhere\/x\.jpg cannot be read/],
    ['an id that is not there', ['--id', '9999'], 4, /no picture 9999/],
    ['a file that is no picture', ['package.json'], 3, /package|text|picture/i],
    ['a limit of zero', ['--id', '1', '--limit', '0'], 2, /whole number above 0/],
    ['a similarity beyond 1', ['--id', '1', '--min-similarity', '1.5'], 2, /-1 to 1/],
    ['an unknown option', ['--id', '1', '--frobnicate'], 2, /frobnicate/],
    ['a model that is not installed', ['--id', '1', '--model', 'nonesuch'], 5, /nonesuch/],
  ];
  for (const [name, args, exitCode, message] of mistakes) {
    it(`refuses ${name} with exit code ${exitCode} and a sentence`, async () => {
      const finished = await run(...args);
      assert.equal(finished.exitCode, exitCode, finished.stderr);
      assert.match(finished.stderr, message);
      assert.doesNotMatch(finished.stderr, /\bat .*:\d+:\d+/, 'a stack is for bugs');
    });
  }

  it('says how to make a library when there is none, and makes none', async () => {
    const finished = await askEidetic(['search', '--id', '1', '--library', join(folder, 'none')]);
    assert.equal(finished.exitCode, 4);
    assert.match(finished.stderr, /eidetic index FOLDER/);
    const again = await askEidetic(['stats', '--library', join(folder, 'none')]);
    assert.equal(again.exitCode, 4);
  });
});
