import ipaddr from 'ipaddr.js';

/**
 * Platform services that answer on addresses which are public by their number: Azure's "wire server", reachable
 * from every machine there. The metadata services of the other clouds lie in link-local, shared or reserved ranges.
 */
const PLATFORM_ADDRESSES: readonly string[] = ['168.63.129.16'];

/** All of IPv6 that is given out to the public internet (RFC 4291); the rest is special or nobody's yet. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address belongs to the public internet: not private, loopback, link-local, shared, multicast,
 * reserved or a platform's own, and no IPv6 form that carries an IPv4 address inside (mapped, NAT64, 6to4, Teredo),
 * because that one could be any of them.
 * @param address IPv4 in four decimal parts, or IPv6; anything else is not public
 */
export function isPublicAddress(address: string): boolean {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) {
    return ipaddr.IPv4.parse(address).range() === 'unicast' && !PLATFORM_ADDRESSES.includes(address);
  }
  if (!ipaddr.IPv6.isValid(address)) {
    return false;
  }
  const parsed = ipaddr.IPv6.parse(address);
  return parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST);
}
