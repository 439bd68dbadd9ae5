import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import sharp from 'sharp';
import { createEideticClient, type DuplicatesPage } from '../../src/client/eidetic-client.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

interface Told {
  readonly groups: ReadonlyArray<{ readonly pictures: ReadonlyArray<{ readonly files: readonly string[] }> }>;
  readonly copies: DuplicatesPage['copies'];
}

interface Checked {
  readonly files: ReadonlyArray<{
    readonly matches: ReadonlyArray<{ readonly relation: string; readonly path: string }>;
  }>;
}

/** Two stickers of another look than what they cover. */
async function withStickers(picture: Buffer): Promise<Buffer> {
  const sticker = await drawManyThings('stickers').resize(110, 110, { fit: 'fill' }).png().toBuffer();
  return sharp(picture)
    .composite([
      { input: sticker, left: 60, top: 60 },
      { input: sticker, left: 420, top: 300 },
    ])
    .jpeg({ quality: 92 })
    .toBuffer();
}

describe('a copy that something is pasted over', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const library = ['--library', join(folder, 'library')];
  let pasted: Buffer;

  before(async () => {
    mkdirSync(pictures);
    const lake = await drawManyThings('lake').png().toBuffer();
    pasted = await withStickers(lake);
    await sharp(lake).jpeg({ quality: 95 }).toFile(join(pictures, 'lake.jpg'));
    await sharp(pasted).toFile(join(pictures, 'pasted.jpg'));
    const hill = await drawManyThings('hill').png().toBuffer();
    await sharp(hill).jpeg({ quality: 95 }).toFile(join(pictures, 'hill.jpg'));
    await sharp(hill).resize(320).jpeg().toFile(join(pictures, 'hill-small.jpg'));
    await askEideticJson(['index', pictures, '--json', ...library]);
  });

  async function duplicates(...wish: readonly string[]) {
    const { groups, copies } = await askEideticJson<Told>(['duplicates', '--json', ...wish, ...library]);
    const names = groups.map(({ pictures }) => pictures.map(({ files }) => basename(files[0] ?? '')).sort());
    return { names: names.sort(), choice: copies?.choice };
  }

  const SMALL = ['hill-small.jpg', 'hill.jpg'];
  const PASTED = ['lake.jpg', 'pasted.jpg'];

  it('is called one where false pairs are allowed for, and at no score alone', async () => {
    for (const preset of ['strict', 'copies', 'broad']) {
      const { names, choice } = await duplicates('--preset', preset);
      assert.deepEqual(names, [SMALL], preset);
      assert.equal(choice?.leastHeldBack, null);
    }
    const { names, choice } = await duplicates('--max-false-pairs', '3');
    assert.deepEqual(names, [SMALL, PASTED]);
    assert.equal(choice?.called, 2);
    assert.ok((choice?.leastHeldBack ?? 0) >= 1 && (choice?.expectedWrong ?? 9) <= 3);
    assert.deepEqual((await duplicates('--max-false-pairs', '0')).names, []);
    const { stdout } = await askEidetic(['duplicates', '--max-false-pairs', '3', ...library]);
    assert.match(
      String(stdout),
      /2 pairs called copies, with a score of \d\.\d or above, or of \d\.\d or above where something else stands in one .*; expected to be wrong: (0\.\d|next to none) /,
    );
  });

  it('is never dropped by a plan, whatever it allows for', async () => {
    const planned = async (...wish: readonly string[]) => {
      const { exitCode, stdout, stderr } = await askEidetic(['plan', '--explain', ...wish, ...library]);
      assert.equal(exitCode, 0, stderr);
      return String(stdout);
    };
    for (const wish of ['--max-false-pairs=50', '--precision=0.5', '--preset=broad']) {
      const said = await planned(wish);
      assert.match(said, /hill-small\.jpg/);
      assert.doesNotMatch(said, /(lake|pasted)\.jpg/, wish);
    }
  });

  it('is never dropped by a plan of a server either', async (t) => {
    const server = await serveEidetic(join(folder, 'library'));
    t.after(() => server.kill());
    const client = createEideticClient({ address: server.address });
    let { id, state } = await client.makePlan({ maxFalsePairs: 50 });
    while (state === 'making') {
      await setTimeout(100);
      ({ id, state } = await client.plan(id));
    }
    assert.equal(state, 'made');
    const lines = await (await client.planFile(id)).text();
    assert.match(lines, /hill-small\.jpg/);
    assert.doesNotMatch(lines, /(lake|pasted)\.jpg/);
  });

  it('is told by a check of files with how many are expected to be wrong', async () => {
    const incoming = join(folder, 'incoming.jpg');
    await sharp(pasted).resize(500).jpeg().toFile(incoming);
    const told = async (...wish: readonly string[]) => {
      const args = ['check', incoming, '--json', ...wish, ...library];
      const { files } = await askEideticJson<Checked>(args, 11);
      return files[0]?.matches.map(({ relation, path }) => `${relation} ${basename(path)}`).sort();
    };
    // As a picture of its own it is a copy of the pasted one, which covers nothing more.
    assert.deepEqual(await told(), ['copy pasted.jpg']);
    assert.deepEqual(await told('--max-false-pairs', '3'), ['copy lake.jpg', 'copy pasted.jpg']);
  });
});
