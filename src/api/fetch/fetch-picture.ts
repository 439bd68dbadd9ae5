import type { IncomingMessage } from 'node:http';
import { EideticError } from '../../domain/errors.ts';
import type { FetchPolicy } from './fetch-policy.ts';
import { readBody } from './read-body.ts';
import { sendRequest } from './send-request.ts';

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches the bytes behind a URL that a stranger names. What they are is for the decoder to find out.
 *
 * Redirects are followed here, one by one, each under the same rules as the first URL: http or https, an allowed
 * host on an allowed port, no credentials, never from https back to http, and an address that is public at the
 * moment of connecting. No cookies, no credentials and no proxy are used, and no compression is asked for or undone.
 * @param signal stops it; rejects with the signal's reason
 * @param take told of the size of every piece before it is kept; what it throws ends the fetch
 * @throws EideticError INVALID_INPUT (not such a URL), FORBIDDEN (not allowed), NOT_FOUND (nothing there, no answer,
 *   too slow, too many redirects), IMAGE_TOO_LARGE, FORMAT_UNSUPPORTED (compressed in transit)
 */
export async function fetchPicture(
  address: string,
  policy: FetchPolicy,
  signal: AbortSignal,
  take: (bytes: number) => void = () => {},
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const deadline = AbortSignal.timeout(policy.timeoutMs);
  const first = readUrl(address, undefined);
  try {
    return await followToBytes(first, policy, AbortSignal.any([signal, deadline]), take);
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) {
      throw notHad(first, `it took longer than ${policy.timeoutMs} ms`, error);
    }
    throw error instanceof EideticError ? error : notHad(first, reasonOf(error), error);
  }
}

async function followToBytes(
  first: URL,
  policy: FetchPolicy,
  signal: AbortSignal,
  take: (bytes: number) => void,
): Promise<Uint8Array> {
  let url = first;
  for (let redirects = 0; redirects <= policy.maxRedirects; redirects++) {
    const response = await sendRequest(url, policy, signal);
    try {
      if (!REDIRECTS.has(response.statusCode ?? 0)) {
        requireFound(url, response);
        return await readBody(response, policy.maxBytes, take);
      }
      url = nextUrl(url, response);
    } finally {
      response.destroy();
    }
  }
  throw notHad(first, `it redirects more than ${policy.maxRedirects} times`);
}

function requireFound(url: URL, response: IncomingMessage): void {
  if (response.statusCode !== 200) {
    throw notHad(url, `its server answers ${response.statusCode}`);
  }
}

function nextUrl(from: URL, response: IncomingMessage): URL {
  const { location } = response.headers;
  if (location === undefined) {
    throw notHad(from, 'it redirects to nowhere');
  }
  const url = readUrl(location, from.href);
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw new EideticError('FORBIDDEN', `${from.host} redirects from https to http, which is not followed.`);
  }
  return url;
}

function readUrl(text: string, base: string | undefined): URL {
  if (text.length > 8_192 || !URL.canParse(text, base)) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${JSON.stringify(text.slice(0, 100))}, expected a URL with http or https.`,
    );
  }
  return new URL(text, base);
}

function notHad(url: URL, reason: string, cause?: unknown): EideticError {
  return new EideticError('NOT_FOUND', `The picture at ${url.host} could not be fetched: ${reason}.`, {
    cause,
  });
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? 'its server cannot be understood' : `its server cannot be reached (${code})`;
}
