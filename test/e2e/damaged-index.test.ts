import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { BUNDLED_DIMENSIONS } from '../support/bundled-model.ts';
import { drawPictureFolder } from '../support/picture-folder.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Hits {
  readonly hits: ReadonlyArray<{ readonly id: number; readonly similarity: number }>;
}

describe('a library whose index files are damaged', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const sound = join(folder, 'sound');
  let expected: Hits['hits'] = [];

  const search = (library: string) =>
    askEideticJson<Hits>(['search', '--id', '7', '--limit', '20', '--library', library, '--json']).then(
      ({ hits }) => hits,
    );

  /** The index folder of the space that searches look in, and its HNSW file. */
  function indexOf(library: string) {
    const name = readdirSync(join(library, 'indexes')).find((entry) => entry.startsWith('similar-')) ?? '';
    const index = join(library, 'indexes', name);
    const graph = readdirSync(index).find((file) => file.endsWith('.hnsw')) ?? '';
    return { index, graph: join(index, graph), manifest: join(index, 'manifest.json') };
  }

  before(async () => {
    await drawPictureFolder(pictures, 60);
    await askEideticJson(['index', pictures, '--library', sound, '--json']);
    expected = await search(sound);
    assert.equal(expected.length, 20);
  });

  const random = seededRandom(5);
  const damages: Readonly<Record<string, (library: string) => void>> = {
    'a flipped byte': (library) => {
      const { graph } = indexOf(library);
      const bytes = readFileSync(graph);
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      writeFileSync(graph, bytes);
    },
    'a truncation': (library) => truncateSync(indexOf(library).graph, 1_000),
    'an empty file': (library) => truncateSync(indexOf(library).graph, 0),
    'a missing file': (library) => rmSync(indexOf(library).graph),
    'a missing manifest': (library) => rmSync(indexOf(library).manifest),
    'a garbled manifest': (library) => writeFileSync(indexOf(library).manifest, '{"format": 1, '),
    'a manifest of another dimension': (library) => {
      const { manifest } = indexOf(library);
      const text = readFileSync(manifest, 'utf8').replace(
        `"dimensions": ${BUNDLED_DIMENSIONS}`,
        '"dimensions": 777',
      );
      assert.match(text, /777/);
      writeFileSync(manifest, text);
    },
    'no index folder': (library) => rmSync(indexOf(library).index, { recursive: true }),
  };

  for (const [name, damage] of Object.entries(damages)) {
    it(`answers as before after ${name}, without the pictures, and mends itself`, async () => {
      const library = join(folder, name);
      cpSync(sound, library, { recursive: true });
      damage(library);
      const { exitCode, stdout } = await askEidetic(['doctor', '--library', library]);
      assert.equal(exitCode, 1, stdout.toString());
      assert.match(stdout.toString(), /WRONG\s+index file/);
      assert.deepEqual(await search(library), expected);
      const after = await askEidetic(['doctor', '--library', library]);
      assert.equal(after.exitCode, 0, after.stdout.toString());
    });
  }

  it('is mended by the next search also when a run that changed nothing came first', async () => {
    for (const [name, damage] of Object.entries(damages)) {
      const library = join(folder, `${name}, indexed`);
      cpSync(sound, library, { recursive: true });
      damage(library);
      const run = await askEidetic(['index', '--library', library]);
      assert.equal(run.exitCode, 0, `${name}: ${run.stderr}`);
      if (name === 'a flipped byte') {
        const { exitCode } = await askEidetic(['doctor', '--library', library]);
        assert.equal(exitCode, 1, 'the run did not read the index');
      }
      assert.deepEqual(await search(library), expected, name);
    }
  });

  it('is mended by doctor --repair', async () => {
    const library = join(folder, 'repair');
    cpSync(sound, library, { recursive: true });
    truncateSync(indexOf(library).graph, 10);
    const repaired = await askEidetic(['doctor', '--repair', '--library', library]);
    assert.equal(repaired.exitCode, 0);
    assert.match(repaired.stdout.toString(), /repaired\s+index file/);
    assert.equal((await askEidetic(['doctor', '--library', library])).exitCode, 0);
  });
});
