import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NASTIES = join(process.env['EIDETIC_PHOTOS'] ?? '', 'nasties');

/** What a picture may be answered with: found, too large, no picture, damaged, or more than fits at once. */
const GOOD_STATUSES: ReadonlySet<number> = new Set([200, 201, 413, 415, 422, 503]);

/** A PNG of any size that its header says, with as little data as may be. */
function pngOfSize(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(10_000_000));
  return Buffer.concat([signature, pngChunk('IHDR', header), pngChunk('IDAT', data), pngChunk('IEND')]);
}

function pngChunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

const svg = (inner: string, prolog = '') =>
  Buffer.from(
    `${prolog}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="60">${inner}</svg>`,
  );

const LAUGHS = Array.from({ length: 12 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

const CASES: ReadonlyArray<readonly [name: string, bytes: Uint8Array, statuses: readonly number[]]> = [
  ['a PNG that says it is 60,000 x 60,000', pngOfSize(60_000, 60_000), [413]],
  ['a PNG that says it is 2 billion pixels wide', pngOfSize(2_000_000_000, 1), [413, 422]],
  ['a PNG whose data ends early', pngOfSize(9_000, 9_000), [422]],
  ['an SVG of entities within entities', svg('&l12;', `<!DOCTYPE svg [<!ENTITY l0 "lol">${LAUGHS}]>`), [422]],
  [
    'an SVG that asks for a file of this machine',
    svg('<image xlink:href="file:///etc/passwd"/>'),
    [200, 422],
  ],
  ['an SVG without end', svg('<g>'.repeat(50_000)), [422]],
  ['a page that says it is a picture', Buffer.from('<!doctype html><script>alert(1)</script>'), [415]],
  ['an archive', Buffer.from('504b0304140000000800', 'hex'), [415]],
  ['nothing but zeros', new Uint8Array(1_000_000), [415]],
];

describe('the API against hostile pictures', () => {
  const folder = temporaryFolder();
  let app: ServedApp;

  before(async () => {
    app = await serveApp(folder, 2);
  });
  after(() => app.close());

  const post = (path: string, body: Uint8Array) =>
    fetch(app.address + path, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: Buffer.from(body),
    });

  async function assertHarmless(
    response: Response,
    statuses: ReadonlySet<number>,
    what: string,
  ): Promise<void> {
    const text = await response.text();
    assert.ok(statuses.has(response.status), `${what}: ${response.status} ${text.slice(0, 300)}`);
    if (response.status >= 400) {
      assert.ok(
        !text.includes(folder) && !/node_modules|\bat .*\.[jt]s/.test(text),
        `${what} tells: ${text}`,
      );
    }
  }

  for (const [name, bytes, statuses] of CASES) {
    it(`answers ${name} with ${statuses.join(' or ')}, searched for and uploaded`, async () => {
      await assertHarmless(await post('/v1/search', bytes), new Set(statuses), name);
      const uploaded = statuses.map((status) => (status === 200 ? 201 : status));
      await assertHarmless(await post('/v1/pictures', bytes), new Set(uploaded), name);
    });
  }

  it('keeps nothing of a picture that it refuses', async () => {
    const before = (await (await fetch(`${app.address}/v1/pictures`)).json()) as { pictures: unknown[] };
    await post('/v1/pictures', pngOfSize(9_000, 9_000));
    assert.deepEqual(await (await fetch(`${app.address}/v1/pictures`)).json(), before);
    assert.deepEqual(readdirSync(join(folder, 'library', 'uploads', '.staged')), []);
  });

  it('answers every hard file of a collection of them', async (t) => {
    if (process.env['EIDETIC_PHOTOS'] === undefined || !existsSync(NASTIES)) {
      t.skip('no hard files: set EIDETIC_PHOTOS to a folder that has nasties/ in it');
      return;
    }
    const files = readdirSync(NASTIES, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    const counts = new Map<number, number>();
    for (const { parentPath, name } of files) {
      const path = join(parentPath, name);
      const response = await post('/v1/search', readFileSync(path));
      counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
      await assertHarmless(response, GOOD_STATUSES, path);
    }
    t.diagnostic(`${files.length} files: ${[...counts].map(([status, n]) => `${n} x ${status}`).join(', ')}`);
    assert.ok((counts.get(200) ?? 0) > files.length / 2);
  });

  it('is well after all that, and logged no bug', async () => {
    const { status } = await post('/v1/search', await drawNumbered(1).png().toBuffer());
    assert.equal(status, 200);
    assert.deepEqual(app.errors, []);
  });
});
