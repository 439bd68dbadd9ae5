import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { createEideticClient, type EideticClient } from '../../src/client/eidetic-client.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { type ServedApp, serveFolder } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

describe('POST /v1/compare', () => {
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  let app: ServedApp;
  let client: EideticClient;

  before(async () => {
    mkdirSync(pictures);
    const original = await drawManyThings('scene').jpeg({ quality: 90 }).toBuffer();
    await sharp(original).toFile(join(pictures, 'original.jpg'));
    await sharp(original)
      .extract({ left: 0, top: 0, width: 320, height: 240 })
      .png()
      .toFile(join(pictures, 'crop.png'));
    await drawManyThings('something else').webp().toFile(join(pictures, 'other.webp'));
    await drawManyThings('away').webp().toFile(join(pictures, 'away.webp'));
    app = await serveFolder(folder, resolveConfig({ library: join(folder, 'library') }, {}));
    client = createEideticClient({ address: app.address });
  });
  after(() => app.close());

  async function idOf(name: string): Promise<number> {
    const { pictures: found } = await client.pictures({ path: join(pictures, name) });
    return found[0]?.id ?? 0;
  }

  async function compare(a: string, b: string) {
    return client.compare({ a: { id: await idOf(a) }, b: { id: await idOf(b) } });
  }

  it('tells a copy, where it lies and how that is known, of ids and of bytes', async () => {
    const crop = await sharp(join(pictures, 'crop.png')).png({ compressionLevel: 1 }).toBuffer();
    const original = await sharp(join(pictures, 'original.jpg')).webp({ quality: 80 }).toBuffer();
    for (const { relation, verification, words } of [
      await compare('original.jpg', 'crop.png'),
      await client.comparePictures(original, crop),
      await client.compare({
        a: { sha256: (await client.keepQuery(original)).contentHash },
        b: { id: await idOf('crop.png') },
      }),
    ]) {
      assert.equal(relation, 'copy');
      assert.deepEqual(words, ['B is the top left quarter of A (25 % of it).']);
      assert.equal(verification?.verdict, 'copy');
      assert.ok((verification?.score ?? 0) >= 3);
      assert.equal(verification?.evidence.bands.length, 3);
      assert.equal(verification?.placement?.isMirrored, false);
    }
  });

  it('tells a picture by itself, and another one', async () => {
    const same = await compare('crop.png', 'crop.png');
    assert.deepEqual([same.relation, same.verification], ['identical', null]);
    const other = await compare('crop.png', 'other.webp');
    assert.deepEqual([other.relation, other.verification?.placement], ['different', null]);
  });

  it('refuses a picture that is not there', async () => {
    await assert.rejects(client.compare({ a: { id: 1 }, b: { id: 9_999 } }), /404 NOT_FOUND.*picture 9999/);
  });

  it('says which picture is out of reach, and how similar they are all the same', async () => {
    const id = await idOf('away.webp');
    renameSync(join(pictures, 'away.webp'), join(folder, 'elsewhere.webp'));
    const answer = await client.compare({ a: { id: await idOf('original.jpg') }, b: { id } });
    const { relation, pixels, unknownBecause, verification } = answer;
    assert.deepEqual(
      [relation, pixels, unknownBecause, verification],
      [null, 'unknown', 'unreachable', null],
    );
    assert.match(answer.words.join(), new RegExp(`No file of picture ${id} holds the bytes`));
    assert.ok(answer.similarity > -1);
  });
});
