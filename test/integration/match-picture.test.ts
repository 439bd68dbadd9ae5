import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { askedOfBytes, askedOfLibrary } from '../../src/engine/asked-picture.ts';
import { indexLibrary, PLAIN_RUN } from '../../src/engine/index-library.ts';
import type { Library } from '../../src/engine/library.ts';
import { matchPicture } from '../../src/engine/match-picture.ts';
import { openLibrary } from '../../src/engine/open-library.ts';
import type { PictureMatches } from '../../src/engine/picture-match.ts';
import { contentHashOfBytes } from '../support/content-hash.ts';
import { keptLogger } from '../support/kept-logger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

const SIGNAL = new AbortController().signal;

function takenAt(time: string) {
  return { IFD0: { Make: 'Acme', Model: 'One' }, IFD2: { DateTimeOriginal: time } };
}

describe('a picture matched against a library', () => {
  after(() => library.close()); // before its folder goes
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  let library: Library;
  let lake: Buffer;
  let square: Buffer;

  before(async () => {
    mkdirSync(pictures);
    const save = (name: string, picture: Sharp) => picture.toFile(join(pictures, name));
    lake = await drawManyThings('lake').png().toBuffer();
    square = await drawManyThings('square').png().toBuffer();
    await save('lake.jpg', sharp(lake).jpeg({ quality: 95 }));
    await save('square.jpg', sharp(square).jpeg({ quality: 90 }).withExif(takenAt('2024:05:01 10:00:00')));
    await save('hill.png', drawManyThings('hill'));
    await save('street.jpg', drawManyThings('street').jpeg());
    library = await openLibrary(resolveConfig({ library: join(folder, 'library') }, {}), keptLogger(), {
      mayCreate: true,
    });
    await indexLibrary(library, { ...PLAIN_RUN, roots: [pictures] }, () => {}, SIGNAL);
  });

  const file = (name: string) => readFile(join(pictures, name));

  async function match(bytes: Uint8Array, stopsAtCopy = false): Promise<PictureMatches> {
    const { index } = await library.spaces.forCopies.index.current();
    const asked = askedOfBytes(
      library,
      { bytes, contentHash: contentHashOfBytes(bytes) },
      (copy) => library.embedder().describe(copy),
      SIGNAL,
    );
    return matchPicture(library, index, asked, { stopsAtCopy }, SIGNAL);
  }

  /** What is told of each: its relation and the name of its first file. */
  function told({ matches }: PictureMatches): Array<readonly [string, string]> {
    return matches.map(({ relation, picture }) => [relation, basename(picture.files[0]?.path ?? '')]);
  }

  it('is identical by its bytes, which is enough for who wants no more', async () => {
    const bytes = await file('lake.jpg');
    const first = await match(bytes, true);
    assert.deepEqual([first.verdict, told(first)], ['copy', [['identical', 'lake.jpg']]]);
    assert.equal(first.lookedAt, 0);
    assert.deepEqual(told(await match(bytes)), [['identical', 'lake.jpg']]);
  });

  it('has the same image data when only its metadata was edited', async () => {
    const bytes = await file('lake.jpg');
    const comment = Buffer.from([0xff, 0xfe, 0, 7, ...Buffer.from('hello')]);
    const edited = Buffer.concat([bytes.subarray(0, 2), comment, bytes.subarray(2)]);
    const found = await match(edited, true);
    assert.deepEqual([found.verdict, told(found)], ['copy', [['same-image-data', 'lake.jpg']]]);
  });

  it('has the same pixels when it was only packed otherwise', async () => {
    const found = await match(
      await sharp(await file('hill.png'))
        .png({ compressionLevel: 1 })
        .toBuffer(),
    );
    assert.deepEqual([found.verdict, told(found)], ['copy', [['same-pixels', 'hill.png']]]);
    assert.equal(found.lookedAt + found.unknown, found.lookedAt);
  });

  it('is a copy when it was cut or mirrored, and it is told where it lies', async () => {
    const cut = await match(
      await sharp(lake).extract({ left: 64, top: 48, width: 384, height: 288 }).jpeg().toBuffer(),
    );
    assert.deepEqual([cut.verdict, told(cut)], ['copy', [['copy', 'lake.jpg']]]);
    const [{ placement, similarity, score, evidence } = {}] = cut.matches;
    assert.ok(Math.abs((placement?.region.x ?? 0) - 0.1) < 0.02, JSON.stringify(placement));
    assert.ok(Math.abs((placement?.region.width ?? 0) - 0.6) < 0.02, JSON.stringify(placement));
    assert.ok((similarity ?? 0) >= 0.5 && (score ?? 0) > 0 && (evidence?.inliers ?? 0) > 0);
    assert.equal(cut.isCut, false);
    const mirrored = await match(await sharp(lake).flop().resize(320).jpeg({ quality: 60 }).toBuffer());
    assert.deepEqual(told(mirrored), [['copy', 'lake.jpg']]);
    assert.equal(mirrored.matches[0]?.placement?.isMirrored, true);
  });

  it('is laid over no further picture when the first copy is enough', async () => {
    const found = await match(await sharp(lake).resize(400).jpeg().toBuffer(), true);
    assert.deepEqual([told(found), found.lookedAt, found.isCut], [[['copy', 'lake.jpg']], 1, true]);
  });

  it('is another shot, and no copy, when it was taken at another time', async () => {
    const later = await sharp(square)
      .modulate({ brightness: 1.04 })
      .jpeg({ quality: 70 })
      .withExif(takenAt('2024:05:01 10:00:03'))
      .toBuffer();
    const found = await match(later);
    assert.deepEqual([found.verdict, told(found)], ['none', [['burst', 'square.jpg']]]);
  });

  it('matches nothing when the library has none of it', async () => {
    const found = await match(await drawManyThings('harbor').jpeg().toBuffer());
    assert.deepEqual(found, {
      verdict: 'none',
      matches: [],
      lookedAt: found.lookedAt,
      unknown: 0,
      isCut: false,
      looked: found.looked,
    });
    assert.equal(found.looked.length, found.lookedAt, 'also of what is no copy');
    const { pictures: count } = await library.catalog.pictures.counts();
    assert.equal(count, 4);
  });

  it('is not its own match when it is the library’s', async () => {
    const { index } = await library.spaces.forCopies.index.current();
    for (const picture of await library.catalog.pictures.pictures([1, 2, 3, 4])) {
      const asked = askedOfLibrary(library, picture, SIGNAL);
      const { matches, verdict } = await matchPicture(library, index, asked, { stopsAtCopy: false }, SIGNAL);
      assert.deepEqual([verdict, matches], ['none', []]);
    }
  });

  it('is looked at once when it is the library’s, and told the same again without any file', async () => {
    const again = join(folder, 'again');
    const beside = join(again, 'pictures');
    mkdirSync(beside, { recursive: true });
    await sharp(lake).jpeg().toFile(join(beside, 'lake.jpg'));
    await sharp(lake)
      .extract({ left: 64, top: 48, width: 384, height: 288 })
      .jpeg()
      .toFile(join(beside, 'part.jpg'));
    await drawManyThings('hill').jpeg().toFile(join(beside, 'hill.jpg'));
    let other = await openLibrary(resolveConfig({ library: join(again, 'library') }, {}), keptLogger(), {
      mayCreate: true,
    });
    try {
      await indexLibrary(other, { ...PLAIN_RUN, roots: [beside] }, () => {}, SIGNAL);
      const all = await other.catalog.pictures.pictures([1, 2, 3]);
      const matchAll = async () => {
        const { index } = await other.spaces.forCopies.index.current();
        const found: PictureMatches[] = [];
        for (const picture of all) {
          const asked = askedOfLibrary(other, picture, SIGNAL);
          found.push(await matchPicture(other, index, asked, { stopsAtCopy: false }, SIGNAL));
        }
        return found;
      };
      const first = await matchAll();
      assert.deepEqual(first.flatMap(told).sort(), [
        ['copy', 'lake.jpg'],
        ['copy', 'part.jpg'],
      ]);
      renameSync(beside, `${beside}.away`);
      // A new library has seen nothing yet, so that nothing it has seen is at hand.
      await other.close();
      other = await openLibrary(other.config, keptLogger());
      assert.deepEqual(await matchAll(), first);
      // What was not kept whole is looked at again.
      const [a = 0, b = 0] = all.flatMap(({ id, files }) => (files[0]?.path.includes('hill') ? [] : [id]));
      const kept = await other.catalog.relations.between(a, b);
      assert.ok(kept !== null);
      const { shift: _, ...partly } = kept.evidence;
      await other.catalog.relations.put([{ ...kept, evidence: partly }]);
      const lost = await matchAll();
      assert.ok(lost.some(({ matches, unknown }) => matches.length === 0 && unknown > 0));
    } finally {
      await other.close();
    }
  });

  it('is not compared with a picture that is away, and that is counted', async () => {
    const smaller = await sharp(lake).resize(500).jpeg().toBuffer();
    const path = join(pictures, 'lake.jpg');
    renameSync(path, `${path}.away`);
    // A new library has seen nothing yet, so that nothing it has seen is at hand.
    await library.close();
    library = await openLibrary(library.config, keptLogger());
    const away = await match(smaller);
    renameSync(`${path}.away`, path);
    assert.deepEqual([away.verdict, away.matches, away.unknown], ['none', [], 1]);
    const back = await match(smaller);
    assert.deepEqual([back.verdict, told(back), back.unknown], ['copy', [['copy', 'lake.jpg']], 0]);
  });

  it('is refused when it cannot be read', async () => {
    await assert.rejects(match(Buffer.from('no picture')), EideticError);
  });
});
