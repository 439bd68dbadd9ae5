import { signal } from '@preact/signals';
import {
  createEideticClient,
  EideticApiError,
  type Session,
  type Status,
} from '../../client/eidetic-client.ts';

/** Why nothing comes from the server at the moment. */
export type Trouble =
  | { readonly kind: 'offline' }
  /** It is starting or stopping, or its library is lost. */
  | { readonly kind: 'not ready'; readonly status: Status }
  /** It has more to do than it can, or was asked too often. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'needs key' };

/** Whether and how the server answers this browser. */
export type Connection =
  | { readonly kind: 'connecting' }
  | Trouble
  | {
      readonly kind: 'in';
      readonly status: Status;
      readonly scope: Session['scope'];
      readonly hasKey: boolean;
      /** Whether the server fetches pictures by their URL. */
      readonly fetchesUrls: boolean;
    };

const address = new URL('.', document.baseURI).href;

/** The server that this page came from, whatever path a proxy has put it at. */
export const client = createEideticClient({ address });

export const connection = signal<Connection>({ kind: 'connecting' });

/** What has come between since somebody was in: what is on the screen stays, and goes on when it is over. */
export const trouble = signal<Trouble | null>(null);

/** Whether another version answers than the one that this page is of. */
export const isOutdated = signal(false);

/** Between two looks at a server with which nothing is wrong, and at one that is not ready; milliseconds. */
const WELL_MS = 10_000;
const AGAIN_MS = 1_000;
/** A look that has not been answered by then counts as none. */
const PATIENCE_MS = 8_000;
/** Between two looks when nobody looks at the page. */
const UNSEEN_MS = 60_000;

const goingOn = new Set<() => void>();
let next: ReturnType<typeof setTimeout> | undefined;
let version: string | null = null;

/** Looks how the server is, now and from then on. */
export async function connect(): Promise<void> {
  clearTimeout(next);
  try {
    const status = await client.status(AbortSignal.timeout(PATIENCE_MS));
    version ??= status.version;
    isOutdated.value = status.version !== version;
    if (status.state === 'ready') {
      await goIn(status);
      lookAfter(document.hidden ? UNSEEN_MS : WELL_MS);
    } else {
      meet({ kind: 'not ready', status });
    }
  } catch (error) {
    meet(troubleOf(error) ?? { kind: 'offline' }, error);
  }
}

/** Looks again at once when there is reason to believe that something has changed. */
export function watchServer(): () => void {
  const look = () => {
    if (!document.hidden && connection.value.kind !== 'needs key' && trouble.value?.kind !== 'needs key') {
      void connect();
    }
  };
  const places = [
    [document, 'visibilitychange'],
    [window, 'online'],
    [window, 'offline'],
  ] as const;
  for (const [place, event] of places) {
    place.addEventListener(event, look);
  }
  void connect();
  return () => {
    clearTimeout(next);
    for (const [place, event] of places) {
      place.removeEventListener(event, look);
    }
  };
}

/**
 * Takes note of an error that may be the server's and not the question's.
 * @returns whether the same question may be asked when that is over: see whenBack
 */
export function noteRefusal(error: unknown): boolean {
  const met = troubleOf(error);
  if (met !== null) {
    meet(met, error);
  }
  return met !== null;
}

/** Has something done as soon as the server answers again. */
export function whenBack(goOn: () => void): void {
  goingOn.add(goOn);
}

/** Exchanges a key for a cookie: pictures and events on a page cannot send one. @throws what the server refuses with */
export async function enter(key: string): Promise<void> {
  await createEideticClient({ address, key }).openSession();
  await connect();
}

/** Takes the cookie back, and forgets all that was seen with it. */
export async function leave(): Promise<void> {
  try {
    await client.closeSession();
    location.reload();
  } catch (error) {
    noteRefusal(error);
  }
}

async function goIn(status: Status): Promise<void> {
  const known = connection.value;
  if (known.kind === 'in' && trouble.value === null) {
    if (known.status.problem !== status.problem) {
      connection.value = { ...known, status };
    }
    return;
  }
  const { scope, expiresAt, fetchesUrls } = await client.session(AbortSignal.timeout(PATIENCE_MS));
  trouble.value = null;
  connection.value = { kind: 'in', status, scope, hasKey: expiresAt !== null, fetchesUrls };
  const waiting = [...goingOn];
  goingOn.clear();
  for (const goOn of waiting) {
    goOn();
  }
}

function meet(met: Trouble, error?: unknown): void {
  if (connection.value.kind === 'in') {
    trouble.value = met;
  } else {
    connection.value = met;
  }
  if (met.kind === 'needs key') {
    clearTimeout(next); // a person comes next
  } else {
    const seconds = error instanceof EideticApiError ? error.retryAfterSeconds : null;
    lookAfter(Math.max(AGAIN_MS, (seconds ?? 0) * 1_000));
  }
}

function lookAfter(milliseconds: number): void {
  clearTimeout(next);
  next = setTimeout(() => void connect(), milliseconds);
}

/** Null for an error that is an answer to the question. */
function troubleOf(error: unknown): Trouble | null {
  if (!(error instanceof EideticApiError)) {
    // What fetch throws when nobody answers, and when nobody has answered in time.
    const isSilence = error instanceof TypeError || (error as Error).name === 'TimeoutError';
    return isSilence ? { kind: 'offline' } : null;
  }
  switch (error.problem.code) {
    case 'UNAUTHORIZED':
      return { kind: 'needs key' };
    case 'RATE_LIMITED':
    case 'OVERLOADED':
    case 'CATALOG_BUSY':
      return { kind: 'busy' };
    case 'CATALOG_CLOSED':
      return { kind: 'offline' };
    default:
      // A proxy in between, which has nobody to ask.
      return error.problem.code === 'UNKNOWN' && error.problem.status >= 500 ? { kind: 'offline' } : null;
  }
}
