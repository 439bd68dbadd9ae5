import assert from 'node:assert/strict';
import { existsSync, renameSync, utimesSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type CompareAnswer,
  createEideticClient,
  type EideticClient,
} from '../../src/client/eidetic-client.ts';
import { askEidetic, askEideticJson } from '../support/ask-eidetic.ts';
import { drawNumbered, drawPictureFolder } from '../support/picture-folder.ts';
import { type ServedLibrary, serveEidetic } from '../support/serve-eidetic.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

describe('a served library', () => {
  const folder = temporaryFolder();
  let library = join(folder, 'library');
  let paths: string[];
  let server: ServedLibrary;
  let client: EideticClient;
  let uploaded: number;

  async function start(): Promise<void> {
    server = await serveEidetic(library, ['--allow-index', folder]);
    client = createEideticClient({ address: server.address });
  }

  before(async () => {
    paths = await drawPictureFolder(join(folder, 'pictures'), 24);
    await askEidetic(['index', join(folder, 'pictures'), '--library', library]);
    await start();
  });
  after(() => server.stop());

  it('finds a picture by its bytes, its id, examples and a region of itself', async () => {
    const bytes = await readFile(paths[5] as string);
    const byBytes = await client.searchPicture(bytes, { limit: 3 });
    assert.deepEqual(byBytes.hits[0]?.files, [paths[5]]);
    const id = byBytes.hits[0]?.id ?? 0;
    const byId = await client.search({ id, limit: 2 });
    assert.deepEqual(
      byId.hits.map((hit) => hit.id),
      byBytes.hits.slice(1).map((hit) => hit.id),
    );
    const byExamples = await client.search({ examples: { positive: [id] }, limit: 2 });
    assert.deepEqual(byExamples.hits, byId.hits);
    const whole = await client.search({ id, limit: 2, region: { x: 0, y: 0, width: 1, height: 1 } });
    assert.deepEqual(
      whole.hits.map((hit) => hit.id),
      byId.hits.map((hit) => hit.id),
    );
    const part = await client.search({ id, limit: 1, region: { x: 0, y: 0, width: 0.4, height: 0.4 } });
    assert.notEqual(part.hits[0]?.similarity, whole.hits[0]?.similarity);
    const others = await client.similar(id, { limit: 50 });
    assert.equal(others.hits.length, 23);
    assert.ok(others.hits.every((hit) => hit.id !== id));
  });

  it('pages through hits and pictures without a gap or a repetition', async () => {
    const all = await client.search({ id: 1, limit: 24 });
    const first = await client.search({ id: 1, limit: 10 });
    const second = await client.search({ id: 1, limit: 20, offset: first.nextOffset ?? 0 });
    assert.deepEqual([...first.hits, ...second.hits], all.hits);
    assert.equal(second.nextOffset, null);
    const ids: number[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await client.pictures(cursor === undefined ? { limit: 7 } : { limit: 7, cursor });
      ids.push(...page.pictures.map((picture) => picture.id));
      cursor = page.nextCursor;
    }
    assert.deepEqual(
      ids,
      Array.from({ length: 24 }, (_, i) => i + 1),
    );
  });

  it('answers each query of a batch by itself', async () => {
    const { answers } = await client.searchBatch([{ id: 1, limit: 1 }, { id: 9_999 }]);
    assert.ok('hits' in (answers[0] ?? {}));
    assert.equal(answers[1] && 'error' in answers[1] ? answers[1].error.code : null, 'NOT_FOUND');
  });

  it('keeps an upload, finds it in the next query, and keeps it once', async () => {
    const bytes = await drawNumbered(500).png().toBuffer();
    const { uploads } = await client.upload([{ bytes, name: 'new.png' }, new Uint8Array([1, 2, 3])]);
    assert.equal(uploads[0]?.added, true);
    assert.equal(uploads[1]?.error?.code, 'FORMAT_UNSUPPORTED');
    uploaded = uploads[0]?.picture?.id ?? 0;
    const { hits } = await client.searchPicture(bytes, { limit: 1 });
    assert.deepEqual([hits[0]?.id, hits[0]?.files.length], [uploaded, 1]);
    const again = await client.upload(bytes);
    assert.deepEqual([again.uploads[0]?.added, again.uploads[0]?.picture?.id], [false, uploaded]);
    assert.deepEqual(Buffer.from(await (await client.file(uploaded)).arrayBuffer()), bytes);
  });

  it('compares pictures and says what is certain', async () => {
    const png = await drawNumbered(500).png().toBuffer();
    const webp = await drawNumbered(500).webp({ lossless: true }).toBuffer();
    assert.equal((await client.comparePictures(png, png)).relation, 'identical');
    const same = await client.comparePictures(png, webp);
    assert.ok(same.similarity > 0.999);
    const told = ({ relation, pixels, unknownBecause }: CompareAnswer) => [relation, pixels, unknownBecause];
    assert.deepEqual(told(same), ['same-pixels', 'equal', null]);
    // Larger than what Node keeps in its pool of buffers.
    const large = drawNumbered(500, 640).removeAlpha();
    const [one, packed] = [
      await large.clone().png({ compressionLevel: 1 }).toBuffer(),
      await large.png().toBuffer(),
    ];
    assert.ok(one.length > 8_192, `${one.length} bytes`);
    assert.deepEqual(told(await client.comparePictures(one, packed)), ['same-pixels', 'equal', null]);
    const scene = drawManyThings('scene');
    const [whole, small] = [await scene.png().toBuffer(), await scene.clone().resize(200).png().toBuffer()];
    assert.deepEqual(told(await client.comparePictures(whole, small)), ['copy', 'different', null]);
    const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const blue = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path/></svg>');
    assert.deepEqual(told(await client.comparePictures(drawing, blue)), ['plain', 'unknown', 'incomparable']);
    const other = await client.compare({ a: { id: 1 }, b: { id: 2 } });
    assert.deepEqual(told(other), ['different', 'different', null]);
    assert.ok(other.similarity < 0.999);
  });

  it('groups duplicates', async () => {
    const copy = await readFile(paths[0] as string);
    const { uploads } = await client.upload(copy);
    const { groups } = await client.duplicates();
    assert.deepEqual(
      groups.map(({ relation, pictures }) => [relation, pictures[0]?.id, pictures[0]?.files.length]),
      [['identical', uploads[0]?.picture?.id, 2]],
    );
  });

  it('draws thumbnails, and says when the client has them', async () => {
    const address = `${server.address}/v1/pictures/1/thumbnail?size=128`;
    const first = await fetch(address);
    assert.equal(first.headers.get('content-type'), 'image/webp');
    assert.ok((await first.arrayBuffer()).byteLength > 50);
    const etag = first.headers.get('etag') ?? '';
    // Without a cache-control of ours, fetch asks for the whole answer in any case.
    const headers = { 'if-none-match': etag, 'cache-control': 'max-age=0' };
    assert.equal((await fetch(address, { headers })).status, 304);
  });

  it('gives a range of the original', async () => {
    const whole = await readFile(paths[0] as string);
    const { pictures } = await client.pictures();
    const { id, files = [] } = pictures.find((picture) => picture.files.includes(paths[0] as string)) ?? {};
    const response = await fetch(`${server.address}/v1/pictures/${id}/file`, {
      headers: { range: 'bytes=10-19' },
    });
    assert.ok(files.includes(paths[0] as string));
    assert.deepEqual([response.status, response.headers.get('content-type')], [206, 'image/jpeg']);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), whole.subarray(10, 20));
  });

  it('answers as the command line does, bit for bit', async () => {
    const file = join(folder, 'query.jpg');
    await drawNumbered(7).resize(333).jpeg({ quality: 60 }).toFile(file);
    const { hits: expected } = await askEideticJson<{ hits: Array<{ id: number; similarity: number }> }>([
      'search',
      file,
      '--json',
      '--limit',
      '8',
      '--library',
      library,
    ]);
    const { hits } = await client.searchPicture(await readFile(file), { limit: 8 });
    const told = (hit: { id: number; similarity: number }) => [hit.id, hit.similarity];
    assert.equal(expected.length, 8);
    assert.deepEqual(hits.map(told), expected.map(told));
  });

  it('shows what another process indexes, without a restart', async () => {
    await drawPictureFolder(join(folder, 'more'), 30);
    const { exitCode } = await askEidetic(['index', join(folder, 'more'), '--library', library]);
    assert.equal(exitCode, 0);
    const picture = await drawNumbered(27).jpeg({ quality: 90 }).toBuffer();
    const { hits } = await client.searchPicture(picture, { limit: 1 });
    assert.match(hits[0]?.files.join() ?? '', /more/);
    assert.ok((hits[0]?.similarity ?? 0) > 0.9999);
  });

  it('indexes a folder as a job, and tells how it goes', async () => {
    await drawPictureFolder(join(folder, 'jobs'), 3);
    await drawNumbered(700)
      .jpeg()
      .toFile(join(folder, 'jobs', 'one.jpg'));
    const added = await client.addJob(join(folder, 'jobs'));
    const states: string[] = [];
    for await (const job of client.watchJob(added.id)) {
      states.push(job.state);
    }
    assert.equal(states.at(-1), 'done');
    const { outcome } = await client.job(added.id);
    assert.deepEqual([outcome?.found, outcome?.embedded, outcome?.failed], [4, 1, 0]);
    assert.deepEqual(
      (await client.jobs()).jobs.map(({ id }) => id),
      [added.id],
    );
    assert.equal((await client.cancelJob(added.id)).state, 'done');
    assert.match(await client.metrics(), /eidetic_index_pictures \d/);
    const { hits } = await client.searchPicture(await drawNumbered(700).jpeg().toBuffer(), { limit: 1 });
    assert.match(hits[0]?.files.join() ?? '', /one\.jpg/);
  });

  it('keeps uploads when a folder is indexed that holds the library itself', async () => {
    const before = await client.picture(uploaded);
    const { exitCode, stdout } = await askEidetic(['index', folder, '--library', library]);
    assert.equal(exitCode, 0, String(stdout));
    assert.deepEqual((await client.picture(uploaded)).files, before.files);
  });

  it('gives the same answers after a restart', async () => {
    const ask = () => client.search({ id: uploaded, limit: 20 });
    const before = await ask();
    assert.equal(await server.stop(), 0);
    await start();
    assert.deepEqual(await ask(), before);
  });

  it('takes its uploads along when the library is moved', async () => {
    const bytes = await drawNumbered(500).png().toBuffer();
    const [file = ''] = (await client.picture(uploaded)).files;
    await server.stop();
    utimesSync(file, 1_600_000_000, 1_600_000_000); // as a backup that keeps no times brings it back
    renameSync(library, join(folder, 'moved'));
    library = join(folder, 'moved');
    await start();
    assert.deepEqual(Buffer.from(await (await client.file(uploaded)).arrayBuffer()), bytes);
    const again = await client.upload(bytes);
    assert.deepEqual([again.uploads[0]?.added, again.uploads[0]?.picture?.id], [false, uploaded]);
    const { exitCode, stdout } = await askEidetic(['index', folder, '--library', library]);
    assert.equal(exitCode, 0, String(stdout));
    assert.equal((await client.picture(uploaded)).files.length, 1);
  });

  it('deletes uploads and never a file in somebody’s folder', async () => {
    const { files } = await client.picture(uploaded);
    await client.remove(uploaded);
    assert.equal(existsSync(files[0] ?? ''), false);
    await assert.rejects(client.picture(uploaded), /404 NOT_FOUND/);
    await assert.rejects(client.remove(2), /403 FORBIDDEN/);
    assert.ok(paths.every((path) => existsSync(path)));
    const { hits } = await client.search({ id: 1, limit: 100 });
    assert.ok(hits.every((hit) => hit.id !== uploaded));
  });
});
