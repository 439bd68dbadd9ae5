import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import {
  createEideticClient,
  type EideticClient,
  type SearchAnswer,
} from '../../src/client/eidetic-client.ts';
import { resolveConfig } from '../../src/config/resolve-config.ts';
import { COPY_RULE_VERSION } from '../../src/copies/judge-pair.ts';
import type { RelationKind } from '../../src/domain/relation.ts';
import { askEideticJson } from '../support/ask-eidetic.ts';
import { type ServedApp, serveFolder } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { drawManyThings } from '../support/view-of.ts';

describe('what a search tells of how its hits relate to the picture', () => {
  after(() => app.close()); // before its folder goes
  const folder = temporaryFolder();
  const pictures = join(folder, 'pictures');
  const library = join(folder, 'library');
  let app: ServedApp;
  let client: EideticClient;
  const ids = new Map<string, number>();

  before(async () => {
    mkdirSync(pictures);
    const lake = await drawManyThings('lake').png().toBuffer();
    await sharp(lake).toFile(join(pictures, 'lake.png'));
    await sharp(lake).png({ compressionLevel: 1 }).toFile(join(pictures, 'stored otherwise.png'));
    await sharp(lake).jpeg().toFile(join(pictures, 'lake.jpg'));
    await sharp(lake)
      .jpeg()
      .withExif({ IFD0: { Copyright: 'somebody' } })
      .toFile(join(pictures, 'tagged.jpg'));
    await sharp(lake).flop().jpeg().toFile(join(pictures, 'mirrored.jpg'));
    await drawManyThings('hill').jpeg().toFile(join(pictures, 'hill.jpg'));
    app = await serveFolder(folder, resolveConfig({ library }, {}));
    client = createEideticClient({ address: app.address });
    for (const { id, files } of (await client.pictures()).pictures) {
      ids.set(files[0]?.split('/').at(-1) ?? '', id);
    }
  });

  const idOf = (name: string) => ids.get(name) ?? 0;
  const told = ({ hits }: Pick<SearchAnswer, 'hits'>) =>
    Object.fromEntries(
      hits.flatMap(({ files, relation }) =>
        relation === undefined ? [] : [[files[0]?.split('/').at(-1), relation]],
      ),
    );
  const keep = (a: string, b: string, kind: RelationKind, ruleVersion: number) => {
    const [low = 0, high = 0] = [idOf(a), idOf(b)].sort((one, other) => one - other);
    return { a: low, b: high, kind, evidence: {}, ruleVersion, space: null };
  };

  it('is what hashes say of a picture that is sent, and nothing else', async () => {
    const bytes = await readFile(join(pictures, 'lake.jpg'));
    const expected = { 'lake.jpg': 'identical', 'tagged.jpg': 'same-image-data' };
    const { contentHash: sha256 } = await client.keepQuery(bytes);
    const region = { x: 0, y: 0, width: 1, height: 1 };
    assert.deepEqual(told(await client.searchPicture(bytes)), expected);
    assert.deepEqual(told(await client.search({ sha256 })), expected);
    assert.deepEqual(told(await client.search({ sha256, region })), expected);
    const sent = await fetch(`${app.address}/v1/search`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: bytes,
    });
    assert.deepEqual(told((await sent.json()) as SearchAnswer), expected);
    const { query, hits } = await askEideticJson<{ query: object; hits: SearchAnswer['hits'] }>([
      ...['search', join(pictures, 'lake.jpg'), '--library', library, '--json'],
    ]);
    assert.deepEqual(told({ hits }), expected, JSON.stringify(query));
  });

  it('is nothing for a vector, and for examples', async () => {
    const { vectors } = await client.vector(idOf('lake.jpg'));
    const vector = vectors.find(({ space }) => space === 'similar')?.vector ?? [];
    const byVector = await client.search({ vector });
    const byExamples = await client.search({ examples: { positive: [idOf('lake.jpg')] } });
    assert.ok(byVector.hits.length > 0 && byExamples.hits.length > 0);
    assert.deepEqual([told(byVector), told(byExamples)], [{}, {}]);
  });

  it('is also what was found when two pictures of the library were looked at, by the present rule', async () => {
    const lake = idOf('lake.jpg');
    assert.deepEqual(told(await client.search({ id: lake })), { 'tagged.jpg': 'same-image-data' });
    await app.library.catalog.relations.put([
      keep('lake.jpg', 'mirrored.jpg', 'copy', COPY_RULE_VERSION),
      keep('lake.jpg', 'lake.png', 'unsure', COPY_RULE_VERSION),
      keep('lake.jpg', 'stored otherwise.png', 'copy', COPY_RULE_VERSION - 1),
      keep('lake.jpg', 'hill.jpg', 'different', COPY_RULE_VERSION),
      keep('lake.jpg', 'tagged.jpg', 'burst', COPY_RULE_VERSION),
    ]);
    const expected = { 'tagged.jpg': 'same-image-data', 'mirrored.jpg': 'copy', 'lake.png': 'unsure' };
    assert.deepEqual(told(await client.search({ id: lake })), expected);
    assert.deepEqual(told(await client.similar(lake)), expected);
    const bytes = await readFile(join(pictures, 'lake.jpg'));
    assert.deepEqual(told(await client.searchPicture(bytes)), { ...expected, 'lake.jpg': 'identical' });
    const { answers } = await client.searchBatch([{ id: lake }]);
    assert.deepEqual(
      answers.map((answer) => ('hits' in answer ? told(answer) : null)),
      [expected],
    );
    const { hits } = await askEideticJson<{ hits: SearchAnswer['hits'] }>([
      ...['search', '--id', String(lake), '--library', library, '--json'],
    ]);
    assert.deepEqual(told({ hits }), expected);
  });

  it('is told of equal pixels once somebody has looked at them', async () => {
    const lake = idOf('lake.png');
    assert.equal(told(await client.search({ id: lake }))['stored otherwise.png'], undefined);
    const { matches } = await client.match({ id: lake });
    assert.ok(matches.some(({ relation }) => relation === 'same-pixels'));
    assert.equal(told(await client.search({ id: lake }))['stored otherwise.png'], 'same-pixels');
    assert.deepEqual(app.errors, []);
  });
});
