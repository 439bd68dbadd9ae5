import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { type Connection, openRequest } from './open-request.ts';

/** The hub sends weights from a host of its own: one redirect, seldom two. */
const MOST_REDIRECTS = 5;

/** A secret and the only place it may go to. */
export interface HostToken {
  readonly value: string;
  /** Scheme, host and port, as `URL.origin` gives them. */
  readonly origin: string;
}

/**
 * A GET that follows redirects. The token is looked at anew for each address, so it goes to its own host alone,
 * wherever the others send us.
 * @throws an Error when there are too many redirects, or one from https to something else
 */
export async function followRedirects(
  start: URL,
  headers: OutgoingHttpHeaders,
  token: HostToken | null,
  connection: Connection,
): Promise<IncomingMessage> {
  let url = start;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    const authorization = token?.origin === url.origin ? { authorization: `Bearer ${token.value}` } : {};
    const response = await openRequest(url, { ...headers, ...authorization }, connection);
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(response.statusCode ?? 0) || location === undefined) {
      return response;
    }
    response.destroy();
    const next = new URL(location, url);
    if (!isAllowed(url, next)) {
      throw new Error(`${url.host} redirects to ${next.protocol}//${next.host}, which is not as safe`);
    }
    url = next;
  }
  throw new Error(`${start.host} redirects more than ${MOST_REDIRECTS} times`);
}

function isAllowed(from: URL, to: URL): boolean {
  return to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
}
