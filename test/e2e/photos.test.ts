import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { eideticJson, runEidetic } from '../support/run-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Real photos and hard files are not part of the project: EIDETIC_PHOTOS names a folder with `collection` and
// `nasties` in it.
const PHOTOS = process.env['EIDETIC_PHOTOS'] ?? '';

function photos(t: TestContext, name: string): string | null {
  const folder = join(PHOTOS, name);
  if (PHOTOS === '' || !existsSync(folder)) {
    t.skip(`no real pictures: set EIDETIC_PHOTOS to a folder that has ${name}/ in it`);
    return null;
  }
  return folder;
}

interface Answer {
  readonly hits: ReadonlyArray<{ readonly similarity: number; readonly files: string[] }>;
}

const EDITS: Readonly<Record<string, (picture: Sharp) => Sharp | Promise<Sharp>>> = {
  mirrored: (picture) => picture.flop(),
  'half size': async (picture) => {
    const { width = 2 } = await picture.metadata();
    return picture.resize(Math.ceil(width / 2));
  },
  'JPEG quality 30': (picture) => picture.jpeg({ quality: 30 }),
};

const QUERIES = 50;

describe('real photos', () => {
  it(`finds the original of ${QUERIES} edited pictures first`, async (t) => {
    const collection = photos(t, 'collection');
    if (collection === null) {
      return;
    }
    const library = join(temporaryFolder(), 'library');
    await eideticJson(['index', collection, '--library', library, '--json']);
    const files = readdirSync(collection, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.jpg$/i.test(name))
      .sort();
    const step = Math.floor(files.length / QUERIES);
    const chosen = Array.from({ length: QUERIES }, (_, i) => join(collection, files[i * step] ?? ''));
    const first = async (stdin: Uint8Array) => {
      const { hits } = await eideticJson<Answer>(
        ['search', '-', '--library', library, '--json', '--limit', '3'],
        0,
        { stdin },
      );
      return hits[0];
    };
    const own = await eideticJson<Answer>(['search', chosen[0] ?? '', '--library', library, '--json']);
    assert.ok(own.hits[0]?.files.includes(chosen[0] ?? '') && own.hits[0].similarity > 0.999);
    for (const [name, edit] of Object.entries(EDITS)) {
      let found = 0;
      for (const path of chosen) {
        const edited = await edit(sharp(path).autoOrient());
        found += (await first(await edited.toBuffer()))?.files.includes(path) ? 1 : 0;
      }
      t.diagnostic(`${name}: ${found} of ${QUERIES} found first`);
      assert.ok(found > 0, name); // how many is the model's doing, not this program's
    }
  });

  it('indexes or names every one of the hard files', async (t) => {
    const nasties = photos(t, 'nasties');
    if (nasties === null) {
      return;
    }
    const library = join(temporaryFolder(), 'library');
    const { exitCode, stderr } = await runEidetic(['index', nasties, '--library', library]);
    assert.equal(exitCode, 1, stderr.slice(-2_000));
    const files = readdirSync(nasties, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const stats = await eideticJson<{ files: number; failures: number; unsupported: number; others: number }>(
      ['stats', '--library', library, '--json'],
    );
    t.diagnostic(`${files.length} files: ${stats.files} indexed, ${stats.failures} failed`);
    assert.equal(stats.files + stats.failures + stats.unsupported + stats.others, files.length);
    const failures = await eideticJson<Array<{ code: string; message: string }>>([
      'failures',
      '--library',
      library,
      '--json',
    ]);
    assert.equal(failures.length, stats.failures + stats.unsupported);
    for (const { code, message } of failures) {
      assert.match(code, /^(IMAGE_UNREADABLE|IMAGE_TOO_LARGE|FORMAT_UNSUPPORTED)$/);
      assert.match(message, /^[A-Z].{15,}\.$/s);
    }
  });
});
