import { signal } from '@preact/signals';
import {
  createEideticClient,
  EideticApiError,
  type Session,
  type Status,
} from '../../client/eidetic-client.ts';

/** Whether and how the server answers this browser. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'offline' }
  | { readonly kind: 'not ready'; readonly status: Status }
  | { readonly kind: 'needs key'; readonly wasWrong: boolean }
  | {
      readonly kind: 'in';
      readonly status: Status;
      readonly scope: Session['scope'];
      readonly hasKey: boolean;
      /** Whether the server fetches pictures by their URL. */
      readonly fetchesUrls: boolean;
    };

/** The server that this page came from, whatever path a proxy has put it at. */
export const client = createEideticClient({ address: new URL('.', document.baseURI).href });

export const connection = signal<Connection>({ kind: 'connecting' });

/** Milliseconds between looks at a server that is not ready. */
const AGAIN_MS = 1_000;

/** Finds out how the server is, until it is ready. */
export async function connect(): Promise<void> {
  try {
    const status = await client.status();
    connection.value = await connectionTo(status);
  } catch (error) {
    connection.value = await whyNot(error);
    if (connection.value.kind === 'not ready' && connection.value.status.state === 'starting') {
      setTimeout(() => void connect(), AGAIN_MS);
    }
  }
}

async function connectionTo(status: Status): Promise<Connection> {
  const { scope, expiresAt, fetchesUrls } = await client.session();
  return { kind: 'in', status, scope, hasKey: expiresAt !== null, fetchesUrls };
}

async function whyNot(error: unknown): Promise<Connection> {
  if (!(error instanceof EideticApiError)) {
    return { kind: 'offline' };
  }
  if (error.problem.status === 401) {
    return { kind: 'needs key', wasWrong: false };
  }
  return client.live().then(
    (status) => ({ kind: 'not ready', status }),
    () => ({ kind: 'offline' }),
  );
}

/** Exchanges a key for a cookie: pictures and events on a page cannot send one. */
export async function enter(key: string): Promise<void> {
  const withKey = createEideticClient({ address: new URL('.', document.baseURI).href, key });
  try {
    await withKey.openSession();
    await connect();
  } catch (error) {
    const isRefused = error instanceof EideticApiError && error.problem.status === 401;
    connection.value = isRefused ? { kind: 'needs key', wasWrong: true } : { kind: 'offline' };
  }
}

export async function leave(): Promise<void> {
  await client.closeSession();
  connection.value = { kind: 'needs key', wasWrong: false };
}

/** Asks for a key as soon as an answer says that one is needed. */
export function noteRefusal(error: unknown): void {
  if (error instanceof EideticApiError && error.problem.status === 401) {
    connection.value = { kind: 'needs key', wasWrong: false };
  } else if (error instanceof TypeError) {
    connection.value = { kind: 'offline' }; // what fetch throws when nobody answers
  }
}
