import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { EideticError } from '../../domain/errors.ts';
import { checkedLookup, requireAllowedLiteral } from './checked-lookup.ts';
import type { FetchPolicy } from './fetch-policy.ts';

/**
 * Sends one GET, on a connection of its own, to a URL that has passed every rule.
 * @returns the answer when its head is there; the caller reads or destroys the body
 * @throws EideticError INVALID_INPUT, FORBIDDEN; the error of the socket or the signal otherwise
 */
export async function sendRequest(
  url: URL,
  policy: FetchPolicy,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  requireAllowedUrl(url, policy);
  requireAllowedLiteral(url, policy);
  const options: RequestOptions = {
    agent: false, // a kept connection would go to an address that was checked for another request
    lookup: checkedLookup(policy),
    signal,
    headers: { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'eidetic' },
  };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, options, resolve);
    request.on('error', reject);
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      reject(
        new EideticError('NOT_FOUND', `${url.host} answers ${response.statusCode}, expected a picture.`),
      );
    });
    request.end();
  });
}

function requireAllowedUrl(url: URL, policy: FetchPolicy): void {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new EideticError('INVALID_INPUT', `Found a URL with "${url.protocol}", expected http or https.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new EideticError('INVALID_INPUT', 'Found a URL with a user name or password, expected none.');
  }
  if (!policy.isAllowedHost(url)) {
    throw new EideticError(
      'FORBIDDEN',
      `This server may not fetch from ${url.host}; it fetches only from hosts that its operator has named.`,
    );
  }
}
