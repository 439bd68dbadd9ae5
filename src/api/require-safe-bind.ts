import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { EideticError } from '../domain/errors.ts';
import type { KeyStore } from './keys/key-store.ts';

/**
 * Whether requests need a key: always on an address that other machines can reach.
 * @throws EideticError INVALID_INPUT when they do and there is none
 */
export async function requireSafeBind(
  host: string,
  wantsKey: boolean,
  keys: KeyStore,
): Promise<{ needsKey: boolean; hasKeys: boolean }> {
  const hasKeys = (await keys.list()).some(({ revokedAt }) => revokedAt === null);
  const needsKey = wantsKey || hasKeys || !(await isLoopback(host));
  if (needsKey && !hasKeys) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found no API key, expected one before the server listens on ${host}: make one with "eidetic keys add NAME --scope read", or listen on 127.0.0.1.`,
    );
  }
  return { needsKey, hasKeys };
}

async function isLoopback(host: string): Promise<boolean> {
  const addresses = await lookup(host, { all: true }).catch((cause: unknown) => {
    throw new EideticError(
      'INVALID_INPUT',
      `The host ${host} cannot be resolved; name an address of this machine.`,
      { cause },
    );
  });
  return addresses.every(({ address }) => ipaddr.process(address).range() === 'loopback');
}
