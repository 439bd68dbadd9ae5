import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { OPERATIONS } from '../../src/api/operations.ts';
import { createEideticClient, type EideticClient } from '../../src/client/eidetic-client.ts';

/** What a server got. */
interface Sent {
  readonly operation: string | undefined;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly form: FormData | null;
  readonly json: unknown;
}

/** All but what asks nothing of the server. */
type Asking = Exclude<keyof EideticClient, 'addressOf'>;

type Calls = Readonly<Record<Asking, (client: EideticClient, signal?: AbortSignal) => unknown>>;

const BYTES = new Uint8Array([1, 2, 3]);

const PLAN = '6f1c2a54-8f0e-4c1a-9a55-0c6f5b3f9d10';

/** One call of each method, its signal last. */
const CALLS: Calls = {
  status: (client, signal) => client.status(signal),
  live: (client, signal) => client.live(signal),
  search: (client, signal) => client.search({ id: 1 }, signal),
  searchPicture: (client, signal) => client.searchPicture(BYTES, {}, signal),
  searchBatch: (client, signal) => client.searchBatch([{ id: 1 }], signal),
  compare: (client, signal) => client.compare({ a: { id: 1 }, b: { id: 2 } }, signal),
  comparePictures: (client, signal) => client.comparePictures(BYTES, BYTES, {}, signal),
  match: (client, signal) => client.match({ id: 1 }, {}, signal),
  pictures: (client, signal) => client.pictures({}, signal),
  picture: (client, signal) => client.picture(7, signal),
  files: (client, signal) => client.files(7, {}, signal),
  away: (client, signal) => client.away([7, 8], signal),
  similar: (client, signal) => client.similar(7, {}, signal),
  vector: (client, signal) => client.vector(7, signal),
  thumbnail: (client, signal) => client.thumbnail(7, 128, signal),
  file: (client, signal) => client.file(7, signal),
  upload: (client, signal) => client.upload(BYTES, signal),
  remove: (client, signal) => client.remove(7, signal),
  duplicates: (client, signal) => client.duplicates({}, signal),
  equalFiles: (client, signal) => client.equalFiles({}, signal),
  duplicatesProgress: (client, signal) => client.duplicatesProgress(signal),
  duplicateGroup: (client, signal) => client.duplicateGroup(7, {}, signal),
  duplicatePairs: (client, signal) => client.duplicatePairs({}, signal),
  library: (client, signal) => client.library(signal),
  roots: (client, signal) => client.roots(signal),
  spaces: (client, signal) => client.spaces(signal),
  addJob: (client, signal) => client.addJob('/photos', signal),
  jobs: (client, signal) => client.jobs({}, signal),
  job: (client, signal) => client.job(7, signal),
  cancelJob: (client, signal) => client.cancelJob(7, signal),
  watchJob: async (client, signal) => {
    for await (const _ of client.watchJob(7, signal)) {
      // to its end
    }
  },
  decide: (client, signal) => client.decide({ kind: 'not-copy', pictures: [1, 2] }, signal),
  decisions: (client, signal) => client.decisions({}, signal),
  makePlan: (client, signal) => client.makePlan({}, signal),
  plans: (client, signal) => client.plans({}, signal),
  plan: (client, signal) => client.plan(PLAN, signal),
  planFile: (client, signal) => client.planFile(PLAN, signal),
  removePlan: (client, signal) => client.removePlan(PLAN, signal),
  jobFailures: (client, signal) => client.jobFailures(7, {}, signal),
  failures: (client, signal) => client.failures({}, signal),
  failureCounts: (client, signal) => client.failureCounts({}, signal),
  retryFailures: (client, signal) => client.retryFailures({}, signal),
  metrics: (client, signal) => client.metrics(signal),
  openSession: (client, signal) => client.openSession(signal),
  keepQuery: (client, signal) => client.keepQuery(new Uint8Array([1]), signal),
  queryThumbnail: (client, signal) => client.queryThumbnail('0'.repeat(64), 256, signal),
  session: (client, signal) => client.session(signal),
  closeSession: (client, signal) => client.closeSession(signal),
};

describe('the client', () => {
  const sent: Sent[] = [];
  let server: Server;
  let address: string;

  before(async () => {
    server = createServer(async (request, response) => {
      sent.push(await read(request));
      response.setHeader('content-type', 'application/json').end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  /** What a call sends. */
  async function sentBy(call: (client: EideticClient) => unknown, at = address): Promise<Sent> {
    sent.length = 0;
    await call(createEideticClient({ address: at, key: 'secret' }));
    assert.equal(sent.length, 1);
    return sent[0] as Sent;
  }

  it('has a method for every operation, and none beside them', async () => {
    const { addressOf: _, ...asking } = createEideticClient({ address });
    assert.deepEqual(Object.keys(asking).sort(), Object.keys(CALLS).sort());
    const asked = new Set<string>();
    for (const [name, call] of Object.entries(CALLS)) {
      const { operation, authorization } = await sentBy(call);
      assert.ok(operation !== undefined, `${name} asks what no operation answers`);
      assert.equal(authorization, 'Bearer secret', name);
      asked.add(operation);
    }
    assert.deepEqual([...asked].sort(), OPERATIONS.map(({ id }) => id).sort());
  });

  it('gives up every call by its signal', async () => {
    const reason = new Error('nobody waits any more');
    for (const [name, call] of Object.entries(CALLS)) {
      sent.length = 0;
      const client = createEideticClient({ address });
      await assert.rejects(async () => call(client, AbortSignal.abort(reason)), reason, name);
      assert.deepEqual(sent, [], name);
    }
  });

  it('sends every option of a search by picture', async () => {
    const region = { x: 0, y: 0.25, width: 0.5, height: 0.5 };
    const filter = { formats: ['jpeg' as const], minWidth: 800, pathPrefix: '2024' };
    const options = { limit: 3, offset: 6, minSimilarity: 0.5, region, filter };
    const { form } = await sentBy((client) => client.searchPicture(BYTES, options));
    const fields = [...(form?.entries() ?? [])].filter(([, value]) => typeof value === 'string');
    assert.deepEqual(Object.fromEntries(fields), {
      ...{ limit: '3', offset: '6', minSimilarity: '0.5' },
      region: JSON.stringify(region),
      filter: JSON.stringify(filter),
    });
  });

  it('matches a picture by its bytes in a form, and one that is named in JSON', async () => {
    const { form } = await sentBy((client) => client.match({ bytes: BYTES, name: 'mine.png' }));
    assert.deepEqual([...(form?.keys() ?? [])], ['image']);
    const url = 'https://pictures.example/a.jpg';
    assert.deepEqual((await sentBy((client) => client.match({ url }))).json, { url });
  });

  it('sends every option of a list, and none that is undefined', async () => {
    const { url } = await sentBy((client) =>
      client.pictures({ order: 'newest', path: 'a b/ü&.jpg', limit: 5, sha256: undefined }),
    );
    const query = new URL(url, address).searchParams;
    assert.deepEqual(Object.fromEntries(query), { order: 'newest', path: 'a b/ü&.jpg', limit: '5' });
  });

  it('sends what a view shows of its buffer, and pictures by the names they have', async () => {
    const buffer = new Uint8Array([9, 9, 1, 2, 3, 9]);
    const { form } = await sentBy((client) =>
      client.upload([
        buffer.subarray(2, 5),
        Buffer.from(buffer.buffer, 2, 3),
        new Blob([BYTES]),
        new File([BYTES], 'Grüße.png'),
        { bytes: BYTES, name: 'mine.png' },
        { bytes: new File([BYTES], 'old.png'), name: 'new.png' },
      ]),
    );
    const files = [...(form?.values() ?? [])].filter((value) => typeof value !== 'string');
    assert.deepEqual(
      files.map(({ name }) => name),
      ['image0', 'image1', 'image2', 'Grüße.png', 'mine.png', 'new.png'],
    );
    for (const file of files) {
      assert.deepEqual(new Uint8Array(await file.arrayBuffer()), BYTES);
    }
  });

  it('refuses what is no picture instead of sending an empty one', async () => {
    const client = createEideticClient({ address });
    for (const wrong of [BYTES.buffer, 'a path', {}, { bytes: 'text', name: 'x' }]) {
      sent.length = 0;
      await assert.rejects(client.upload(wrong as Uint8Array), { name: 'TypeError', message: /Uint8Array/ });
      await assert.rejects(client.searchPicture(wrong as Uint8Array), { name: 'TypeError' });
      assert.deepEqual(sent, []);
    }
  });

  it('names several folders of a job, or one', async () => {
    assert.deepEqual((await sentBy((client) => client.addJob('/a'))).json, { roots: ['/a'] });
    assert.deepEqual((await sentBy((client) => client.addJob(['/a', '/b']))).json, { roots: ['/a', '/b'] });
  });

  it('tells the state of a server that cannot answer yet, and what stands in its way when it is none', async () => {
    const answers = [
      ['application/json; charset=utf-8', '{"state":"starting","version":"1","problem":null}'],
      ['text/html', '<h1>Service Unavailable</h1>'],
    ] as const;
    const starting = createServer((request, response) => {
      const [type, body] = answers[request.url === '/proxy/status' ? 1 : 0];
      response.writeHead(503, { 'content-type': type }).end(body);
    });
    await new Promise<void>((resolve) => starting.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(starting.address() as AddressInfo).port}`;
    try {
      assert.equal((await createEideticClient({ address: at }).status()).state, 'starting');
      await assert.rejects(createEideticClient({ address: `${at}/proxy` }).status(), /503 UNKNOWN/);
    } finally {
      starting.close();
    }
  });

  it('asks below the path of its address', async () => {
    for (const [at, url] of [
      [address, '/v1/roots'],
      [`${address}/`, '/v1/roots'],
      [`${address}/eidetic`, '/eidetic/v1/roots'],
      [`${address}/a/eidetic/`, '/a/eidetic/v1/roots'],
    ] as const) {
      assert.equal((await sentBy((client) => client.roots(), at)).url, url);
    }
    assert.throws(() => createEideticClient({ address: 'no address' }), TypeError);
  });
});

async function read(request: IncomingMessage): Promise<Sent> {
  const { method = '', url = '', headers } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const body = Buffer.concat(chunks);
  const type = headers['content-type'] ?? '';
  const isForm = type.startsWith('multipart/form-data');
  return {
    operation: operationOf(method, url),
    url,
    authorization: headers.authorization,
    form: isForm ? await new Response(body, { headers: { 'content-type': type } }).formData() : null,
    json: type === 'application/json' ? JSON.parse(body.toString()) : null,
  };
}

function operationOf(method: string, url: string): string | undefined {
  const [path = ''] = url.split('?');
  return OPERATIONS.find(
    (operation) =>
      operation.method.toUpperCase() === method &&
      new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[\\da-f-]+')}$`).test(path),
  )?.id;
}
