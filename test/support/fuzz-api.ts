import { OPERATIONS } from '../../src/api/operations.ts';
import { type JsonSchema, SchemaValues } from './schema-values.ts';

interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters: ReadonlyArray<{
    readonly name: string;
    readonly in: string;
    readonly schema: JsonSchema;
  }>;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: JsonSchema }>> };
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** An answer that no request should have. */
export interface WrongAnswer {
  readonly request: string;
  readonly status: number;
  readonly why: string;
}

export interface FuzzReport {
  /** How many requests each operation got. */
  readonly asked: ReadonlyMap<string, number>;
  readonly statuses: ReadonlyMap<number, number>;
  readonly wrong: readonly WrongAnswer[];
}

/**
 * Asks every operation of the server's own OpenAPI document in turn, with values that its schemas ask for and odd
 * ones in between. Wrong are: a 5xx other than 503, an error that is no problem document, and a JSON answer that is
 * not what its schema says.
 * @param pictures bodies for uploads
 */
export async function fuzzApi(
  address: string,
  random: () => number,
  requests: number,
  pictures: readonly Uint8Array[],
): Promise<FuzzReport> {
  const document = (await (await fetch(`${address}/openapi.json`)).json()) as ApiDocument;
  const values = new SchemaValues(random, document.components.schemas, 0.06);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const asked = new Map<string, number>();
  const statuses = new Map<number, number>();
  const wrong: WrongAnswer[] = [];
  for (let n = 0; n < requests; n++) {
    const target = operations[n % operations.length] as (typeof operations)[number];
    const { url, init } = makeRequest(values, target.path, target.operation, pictures);
    const response = await fetch(address + url, { method: target.method, ...init });
    count(asked, target.operation.operationId);
    count(statuses, response.status);
    const why = await faultOf(response, target.operation.operationId);
    if (why !== null) {
      const body = typeof init.body === 'string' ? init.body.slice(0, 500) : '';
      wrong.push({ request: `${target.method} ${url} ${body}`, status: response.status, why });
    }
  }
  return { asked, statuses, wrong };
}

function makeRequest(
  values: SchemaValues,
  template: string,
  { parameters, requestBody }: DocumentedOperation,
  pictures: readonly Uint8Array[],
): { url: string; init: RequestInit } {
  let path = template;
  const query: string[] = [];
  for (const { name, in: place, schema } of parameters) {
    const value = encodeURIComponent(toText(values.valueOf(schema)));
    if (place === 'path') {
      path = path.replace(`{${name}}`, value === '' ? '%20' : value);
    } else if (values.chance(0.4)) {
      query.push(`${name}=${value}`);
    }
  }
  const url = query.length === 0 ? path : `${path}?${query.join('&')}`;
  return { url, init: requestBody === undefined ? {} : makeBody(values, requestBody.content, pictures) };
}

function makeBody(
  values: SchemaValues,
  content: Readonly<Record<string, { readonly schema?: JsonSchema }>>,
  pictures: readonly Uint8Array[],
): RequestInit {
  const type = values.pick(Object.keys(content));
  const schema = content[type]?.schema ?? {};
  const bytes = () => damaged(values, values.pick(pictures));
  if (type === 'application/json') {
    return { headers: { 'content-type': type }, body: JSON.stringify(values.valueOf(schema)) ?? 'null' };
  }
  if (type !== 'multipart/form-data') {
    return { headers: { 'content-type': 'image/jpeg' }, body: bytes() };
  }
  const form = new FormData();
  for (const name of Object.keys(schema.properties ?? {})) {
    if (['image', 'a', 'b'].includes(name)) {
      form.set(name, new Blob([bytes()]), toText(values.valueOf({ type: 'string' })).slice(0, 50));
    } else if (values.chance(0.3)) {
      form.set(name, toText(values.valueOf(schema.properties?.[name] ?? {})));
    }
  }
  return { body: form };
}

/** Whole, cut off, or with a byte changed. */
function damaged(values: SchemaValues, picture: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(picture);
  if (values.chance(0.3)) {
    return bytes.slice(0, values.pick([0, 1, 20, Math.floor(bytes.length / 2)]));
  }
  if (values.chance(0.3)) {
    bytes[values.pick([0, 3, 30, bytes.length - 5])] = values.pick([0, 255, 42]);
  }
  return bytes;
}

function toText(value: unknown): string {
  return (typeof value === 'string' ? value : String(JSON.stringify(value))).slice(0, 3_000);
}

async function faultOf(response: Response, operationId: string): Promise<string | null> {
  const type = response.headers.get('content-type')?.split(';')[0] ?? '';
  const isState = operationId === 'status' || operationId === 'live';
  if (response.status >= 400 && !isState) {
    const text = await response.text();
    const isServerFault = response.status >= 500 && response.status !== 503;
    return isServerFault || type !== 'application/problem+json' ? text.slice(0, 500) : null;
  }
  if (type !== 'application/json') {
    await response.arrayBuffer();
    return null;
  }
  const operation = OPERATIONS.find(({ id }) => id === operationId);
  const schema = operation?.answers[response.status]?.content?.['application/json'];
  if (schema === undefined || typeof schema === 'string' || !('safeParse' in schema)) {
    return `status ${response.status} is not documented`;
  }
  const parsed = (schema as { safeParse(value: unknown): { success: boolean; error?: Error } }).safeParse(
    await response.json(),
  );
  return parsed.success ? null : `not as its schema says: ${parsed.error?.message}`;
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
