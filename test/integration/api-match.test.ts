import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import {
  createEideticClient,
  type EideticClient,
  type MatchAnswer,
  type MatchRequest,
} from '../../src/client/eidetic-client.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { type ServedApp, serveFolder } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

describe('POST /v1/match', () => {
  after(() => app.close()); // before its folder goes
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  let app: ServedApp;
  let client: EideticClient;
  let half: Buffer;
  let sticker: Buffer;

  before(async () => {
    mkdirSync(pictures);
    const lake = await drawManyThings('lake').png().toBuffer();
    half = await sharp(lake).extract({ left: 320, top: 0, width: 320, height: 480 }).jpeg().toBuffer();
    sticker = await drawManyThings('sticker').resize(110, 110, { fit: 'fill' }).png().toBuffer();
    await sharp(lake).jpeg({ quality: 95 }).toFile(join(pictures, 'lake.jpg'));
    await sharp(lake).flop().jpeg({ quality: 60 }).toFile(join(pictures, 'lake-mirrored.jpg'));
    await drawManyThings('hill').jpeg().toFile(join(pictures, 'hill.jpg'));
    app = await serveFolder(folder, resolveConfig({ library: join(folder, 'library') }, {}));
    client = createEideticClient({ address: app.address });
  });

  const told = ({ matches }: MatchAnswer) =>
    matches.map(({ relation, files }) => `${relation} ${files[0]?.split('/').at(-1)}`);

  async function idOf(name: string): Promise<number> {
    const { pictures: all } = await client.pictures();
    return all.find(({ files }) => files[0]?.endsWith(`/${name}`))?.id ?? 0;
  }

  it('tells every copy of a picture that is sent, and where it lies in each', async () => {
    const answer = await client.match(half);
    assert.equal(answer.verdict, 'copy');
    assert.deepEqual(told(answer).sort(), ['copy lake-mirrored.jpg', 'copy lake.jpg']);
    assert.deepEqual([answer.space, answer.unknown, answer.isCut], ['copy', 0, false]);
    assert.ok(answer.lookedAt >= 2);
    for (const { files, placement, score, similarity } of answer.matches) {
      const isMirrored = files[0]?.endsWith('mirrored.jpg');
      assert.equal(placement?.isMirrored, isMirrored);
      assert.ok(
        Math.abs((placement?.region.x ?? 0) - (isMirrored ? 0 : 0.5)) < 0.02,
        JSON.stringify(placement),
      );
      assert.ok((score ?? 0) > 0 && (similarity ?? 0) >= 0.5);
    }
  });

  it('says how certain each match is, and draws the line where it is asked to', async () => {
    const usual = await client.match(half);
    assert.equal(usual.leastScore, 3);
    const certainties = usual.matches.map(({ certainty }) => certainty ?? 0);
    assert.ok(
      certainties.every((certainty) => certainty > 0.7 && certainty < 1),
      certainties.join(' '),
    );
    const none = await client.match(half, { maxFalsePairs: 0 });
    assert.deepEqual(
      [none.verdict, told(none).sort()],
      ['unsure', ['unsure lake-mirrored.jpg', 'unsure lake.jpg']],
    );
    assert.deepEqual(
      none.matches.map(({ certainty }) => certainty),
      certainties,
    );
    const sent = await readFile(join(pictures, 'lake.jpg'));
    const exact = await client.match(sent, { precision: 1 });
    assert.deepEqual([exact.verdict, exact.matches[0]?.relation], ['copy', 'identical']);
    assert.equal(exact.matches[0]?.certainty, null);
    const likely = await client.match(half, { precision: 0.7 });
    assert.deepEqual([likely.verdict, likely.matches.length], ['copy', 2]);
    const pasted = await sharp(half)
      .composite([60, 260].map((top) => ({ input: sticker, left: 60, top })))
      .png()
      .toBuffer();
    const unsure = await client.match(pasted);
    assert.deepEqual([unsure.verdict, unsure.leastHeldBack], ['unsure', null]);
    assert.ok(unsure.matches.every(({ certainty }) => (certainty ?? 0) > 0.5));
    const allowed = await client.match(pasted, { maxFalsePairs: 2 });
    assert.deepEqual([allowed.verdict, allowed.matches.length], ['copy', 2]);
    assert.ok((allowed.leastHeldBack ?? 0) >= 1);
    await assert.rejects(client.match(half, { precision: 0.7, preset: 'broad' }), /INVALID_INPUT/);
    await assert.rejects(client.match(half, { precision: 1.2 }), /INVALID_INPUT/);
  });

  it('says what was found in place of a number, and where the line belongs', async () => {
    const refusal = async (query: string, body: object) => {
      const response = await fetch(`${app.address}/v1/match${query}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      });
      assert.equal(response.status, 400);
      return ((await response.json()) as { detail: string }).detail;
    };
    assert.match(await refusal('?precision=high', { id: 1 }), /precision: Found "high", expected a number\./);
    assert.match(await refusal('?maxFalsePairs=1.5', { id: 1 }), /Found "1\.5", expected a whole number\./);
    assert.match(await refusal('', { id: '1' }), /id: Found "1", expected a number\./);
    assert.match(
      await refusal('', { id: 1, preset: 'strict' }),
      /Found preset here, expected it in the query string: \/v1\/match\?preset=/,
    );
    assert.match(await refusal('', { id: 1, other: 1 }), /Unrecognized key: "other"/);
  });

  it('takes the body as the picture, and tells by its bytes what is certain first', async () => {
    const response = await fetch(`${app.address}/v1/match`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: await readFile(join(pictures, 'lake.jpg')),
    });
    const answer = (await response.json()) as MatchAnswer;
    assert.deepEqual(told(answer), ['identical lake.jpg', 'copy lake-mirrored.jpg']);
    assert.deepEqual([answer.matches[0]?.similarity, answer.matches[0]?.score], [null, null]);
  });

  it('does not match a picture of the library with itself', async () => {
    assert.deepEqual(told(await client.match({ id: await idOf('lake.jpg') })), ['copy lake-mirrored.jpg']);
    const hill = await client.match({ id: await idOf('hill.jpg') });
    assert.deepEqual([hill.verdict, hill.matches], ['none', []]);
  });

  it('takes a picture that is kept, and lays it over no more pictures than asked for', async () => {
    const { contentHash: sha256 } = await client.keepQuery(half);
    const answer = await client.match({ sha256 });
    assert.deepEqual(answer, await client.match(half));
    const { matches, lookedAt, isCut } = await client.match({ sha256, mostLookedAt: 1 });
    assert.deepEqual([matches.length, lookedAt, isCut], [1, 1, true]);
  });

  it('keeps nothing of a picture that is not in the library', async () => {
    const before = await app.library.catalog.pictures.counts();
    const answer = await client.match(await drawManyThings('harbor').jpeg().toBuffer());
    assert.deepEqual([answer.verdict, answer.matches], ['none', []]);
    assert.deepEqual(await app.library.catalog.pictures.counts(), before);
  });

  it('refuses what names no picture, or several, or cannot be read', async () => {
    const wrong: ReadonlyArray<readonly [MatchRequest | Buffer, string]> = [
      [{ id: 1, url: 'https://pictures.example/a.jpg' }, 'INVALID_INPUT'],
      [{ id: 9_999 }, 'NOT_FOUND'],
      [{ url: 'https://pictures.example/a.jpg' }, 'FORBIDDEN'],
      [{ sha256: 'ab'.repeat(32) }, 'NOT_FOUND'],
      [{ sha256: 'ab'.repeat(32), id: 1 }, 'INVALID_INPUT'],
      [{ id: 1, mostLookedAt: 101 }, 'INVALID_INPUT'],
      [Buffer.from('no picture'), 'FORMAT_UNSUPPORTED'],
    ];
    for (const [request, code] of wrong) {
      await assert.rejects(client.match(request), new RegExp(code), JSON.stringify(request));
    }
    const form = new FormData();
    form.set('a', new Blob([new Uint8Array(half)]));
    form.set('b', new Blob([new Uint8Array(half)]));
    const two = await fetch(`${app.address}/v1/match`, { method: 'POST', body: form });
    assert.equal(two.status, 400);
    assert.deepEqual(app.errors, []);
  });
});
