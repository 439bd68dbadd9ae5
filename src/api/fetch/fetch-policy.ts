import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { allowedHosts, type HostRule } from './allowed-hosts.ts';
import { isPublicAddress } from './public-address.ts';

/** From where pictures may be fetched, and what one may cost. */
export interface FetchPolicy {
  readonly isAllowedHost: HostRule;
  /** Largest picture, bytes. */
  readonly maxBytes: number;
  /** Longest time for everything, redirects included, milliseconds. */
  readonly timeoutMs: number;
  /** Redirects followed; each is checked like the first URL. */
  readonly maxRedirects: number;
  /** Every address of a host name. */
  readonly resolve: (host: string) => Promise<readonly LookupAddress[]>;
  /** Whether an address may be connected to. */
  readonly isAllowedAddress: (address: string) => boolean;
}

export interface FetchLimits {
  /** See {@link allowedHosts}; none means that nothing is fetched. */
  readonly allowedHosts: readonly string[];
  /** Largest picture, bytes. */
  readonly maxBytes: number;
  /** Longest time for everything, milliseconds. */
  readonly timeoutMs: number;
  readonly maxRedirects: number;
}

/** The policy of a server: hosts by list, addresses by the system's resolver, public ones only. */
export function fetchPolicy({ allowedHosts: hosts, ...limits }: FetchLimits): FetchPolicy {
  return {
    ...limits,
    isAllowedHost: allowedHosts(hosts),
    resolve: (host) => lookup(host, { all: true }),
    isAllowedAddress: isPublicAddress,
  };
}
