import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { OPERATIONS } from '../../src/api/operations.ts';
import type { Operation } from '../../src/api/routing/operation.ts';
import { createEideticClient, type Picture } from '../../src/client/eidetic-client.ts';
import { contentHashOfBytes } from '../support/content-hash.ts';
import { drawNumbered } from '../support/picture-folder.ts';
import { type ServedApp, serveApp } from '../support/served-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Content {
  readonly schema?: object;
  readonly example?: unknown;
}

interface Documented {
  readonly parameters: ReadonlyArray<{
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly example?: unknown;
  }>;
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
}

/** The next, an upload, is the one that an example deletes. */
const PICTURES = 4;
const JSON_TYPE = 'application/json';

describe('the examples of the OpenAPI document', () => {
  const folder = temporaryFolder();
  // OpenAPI has keywords beside those of JSON Schema, and formats that say nothing to a validator.
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  let app: ServedApp;
  let paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;

  before(async () => {
    app = await serveApp(folder, PICTURES, { allowIndex: [join(folder, 'pictures')] });
    const document = (await (await fetch(`${app.address}/openapi.json`)).json()) as { paths: typeof paths };
    paths = document.paths;
    ajv.addSchema(document, 'openapi');
    // So that there is a group of duplicates, which begins with picture 1.
    const picture = (await (await fetch(`${app.address}/v1/pictures/1`)).json()) as Picture;
    await upload(new Uint8Array(await readFile(picture.files[0] ?? '')));
    query = new Uint8Array(await drawNumbered(801).png().toBuffer());
  });
  after(() => app.close());

  let query: Uint8Array<ArrayBuffer>;

  const upload = (picture: Uint8Array<ArrayBuffer>, path = '/v1/pictures') =>
    fetch(app.address + path, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: picture,
    });

  function documented({ path, method }: Operation): Documented {
    return paths[path]?.[method] as Documented;
  }

  /** Checks a value against a schema of the document, by the way to it. */
  function assertValid(value: unknown, ...way: string[]): void {
    const pointer = way.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
    const isValid = ajv.validate({ $ref: `openapi#/${pointer}` }, value);
    assert.ok(isValid, `${way.join(' ')}: ${ajv.errorsText()}\n${JSON.stringify(value)?.slice(0, 500)}`);
  }

  it('are there for every request and every answer that can be written down', () => {
    for (const operation of OPERATIONS) {
      const { parameters, requestBody, responses } = documented(operation);
      for (const { name, required, example } of parameters) {
        assert.ok(!required || example !== undefined, `${operation.id}: ${name} has no example`);
      }
      const body = requestBody?.content[JSON_TYPE];
      assert.ok(body === undefined || body.example !== undefined, `${operation.id} has no body`);
      const written = Object.values(responses['200'] ?? responses['202'] ?? {}).length > 0;
      const answers = Object.entries(responses)
        .filter(([status]) => status !== 'default')
        .flatMap(([, { content = {} }]) =>
          Object.values(content).filter(({ schema }) => schema !== undefined),
        );
      const has = answers.some(({ example }) => example !== undefined);
      assert.ok(answers.length === 0 || (written && has), `${operation.id} has no answer`);
    }
  });

  /** Every example of an operation, with the way to its schema. */
  function examplesOf(operation: Operation): Array<{ readonly value: unknown; readonly way: string[] }> {
    const { parameters, requestBody, responses } = documented(operation);
    const inContent = (content: Readonly<Record<string, Content>> = {}, ...way: string[]) =>
      Object.entries(content).map(([type, { example }]) => ({
        value: example,
        way: [...way, 'content', type],
      }));
    return [
      ...parameters.map(({ example }, i) => ({ value: example, way: ['parameters', String(i)] })),
      ...inContent(requestBody?.content, 'requestBody'),
      ...Object.entries(responses).flatMap(([status, { content }]) =>
        inContent(content, 'responses', status),
      ),
    ].filter(({ value }) => value !== undefined);
  }

  it('are what their schemas say', () => {
    let checked = 0;
    for (const operation of OPERATIONS) {
      for (const { value, way } of examplesOf(operation)) {
        assertValid(value, 'paths', operation.path, operation.method, ...way, 'schema');
        checked++;
      }
    }
    assert.ok(checked > 2 * OPERATIONS.length, `only ${checked} examples`);
  });

  it('would be found wrong if they were', () => {
    assert.throws(() => assertValid({ id: 'one' }, 'components', 'schemas', 'Picture'), /must be integer/);
  });

  it('are answered by a server as they say, with answers that have what theirs have', async () => {
    // In this order there is a job to look at, and an upload to delete.
    const first = ['addPictures', 'addJob', 'listJobs', 'getJob'];
    const rank = ({ id }: Operation) => (first.includes(id) ? first.indexOf(id) : first.length);
    // Sessions are of servers that ask for keys: see api-session.
    const asked = OPERATIONS.filter(({ id }) => id !== 'openSession');
    const ordered = asked.sort((a, b) => rank(a) - rank(b));
    for (const operation of ordered) {
      await assertAnswered(operation);
    }
    assert.deepEqual(app.errors, []);
  });

  async function assertAnswered(operation: Operation): Promise<void> {
    const { id, path, method, example } = operation;
    const response = await ask(operation);
    const text = await response.text();
    assert.equal(response.status, example.answer.status, `${id}: ${text.slice(0, 500)}`);
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    if (type !== JSON_TYPE) {
      assert.ok(typeof example.answer.body !== 'object', id);
      return;
    }
    const answer = JSON.parse(text) as object;
    const status = String(response.status);
    assertValid(answer, 'paths', path, method, 'responses', status, 'content', JSON_TYPE, 'schema');
    assert.deepEqual(Object.keys(example.answer.body as object).sort(), Object.keys(answer).sort(), id);
  }

  /** Of what is named otherwise here than in the examples. */
  async function ownNames(path: string): Promise<Record<string, string>> {
    if (path.startsWith('/v1/queries/')) {
      return { sha256: contentHashOfBytes(query) };
    }
    return path.startsWith('/v1/plans/') ? { id: await makePlan() } : {};
  }

  async function makePlan(): Promise<string> {
    const client = createEideticClient({ address: app.address });
    const { id } = await client.makePlan();
    while ((await client.plan(id)).state === 'making') {
      await sleep(20);
    }
    return id;
  }

  /** Sends an example; the folders in it are other machines'. */
  async function ask({ id, path, method, example }: Operation): Promise<Response> {
    if (id === 'addPictures') {
      return upload(new Uint8Array(await drawNumbered(800).png().toBuffer()));
    }
    if (id === 'keepQuery') {
      return upload(query, '/v1/queries');
    }
    const parameters = new URLSearchParams();
    let asked = path;
    for (const [name, value] of Object.entries({ ...example.parameters, ...(await ownNames(path)) })) {
      const place = `{${name}}`;
      if (path.includes(place)) {
        asked = asked.replace(place, String(value));
      } else {
        parameters.set(name, String(value));
      }
    }
    const body = id === 'addJob' ? { roots: [join(folder, 'pictures')] } : example.body;
    return fetch(`${app.address}${asked}?${parameters}`, {
      method: method.toUpperCase(),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': JSON_TYPE } }),
    });
  }
});
