import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { EideticError } from '../../domain/errors.ts';
import type { FetchPolicy } from './fetch-policy.ts';

/**
 * A resolver for a socket that yields checked addresses only. The socket connects to exactly what this returns, so
 * a name that resolves to something else a moment later (DNS rebinding) gains nothing.
 */
export function checkedLookup(policy: FetchPolicy): LookupFunction {
  return (host, options, callback) => {
    resolveChecked(host, policy).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) {
          callback(null, [...addresses]);
        } else {
          callback(null, first.address, first.family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

/**
 * Refuses a host that is written as an address: a socket connects to those without asking a resolver.
 * @throws EideticError FORBIDDEN
 */
export function requireAllowedLiteral(url: URL, policy: FetchPolicy): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !policy.isAllowedAddress(host)) {
    throw notPublic(url.hostname);
  }
}

async function resolveChecked(
  host: string,
  policy: FetchPolicy,
): Promise<readonly [LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await policy.resolve(host);
  if (first === undefined) {
    throw new EideticError('NOT_FOUND', `The host ${host} has no address.`);
  }
  // One bad address among good ones is an attack or a mistake; either way not to be guessed around.
  if (![first, ...others].every(({ address }) => policy.isAllowedAddress(address))) {
    throw notPublic(host);
  }
  return [first, ...others];
}

/** Does not say the address: a client need not learn how names resolve inside this network. */
function notPublic(host: string): EideticError {
  return new EideticError(
    'FORBIDDEN',
    `The host ${host} is not on the public internet; pictures are fetched only from there.`,
  );
}
