import { randomBytes, timingSafeEqual } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { EideticError } from '../../domain/errors.ts';
import type { Scope } from './caller.ts';
import { addKeyFile, type KeyRecord, readKeyFiles, replaceKeyFile } from './key-files.ts';
import { hashSecret, makeSecret } from './key-secret.ts';
import { type Sign, type SignedPurpose, signerOf } from './key-signature.ts';

/** A key as it may be shown: without its secret, and without the secret's hash. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scope: Scope;
  /** ISO 8601. */
  readonly createdAt: string;
  /** ISO 8601, or null while it is good. */
  readonly revokedAt: string | null;
}

/** The API keys of a library. */
export interface KeyStore {
  /**
   * Makes a key. Its secret is told here and never again.
   * @param name 1 to 100 characters, for people
   * @throws EideticError INVALID_INPUT
   */
  add(name: string, scope: Scope): Promise<{ key: ApiKey; secret: string }>;
  /** All keys, revoked ones too, oldest first. @throws EideticError CATALOG_DAMAGED */
  list(): Promise<ApiKey[]>;
  /** Ends a key for good; does nothing to one that was revoked before. @throws EideticError NOT_FOUND */
  revoke(id: string): Promise<ApiKey>;
  /** The key with this secret, null when there is none or it was revoked. @throws EideticError CATALOG_DAMAGED */
  find(secret: string): Promise<ApiKey | null>;
  /** Signs in the name of a key, null when there is none or it was revoked. @throws EideticError CATALOG_DAMAGED */
  signing(id: string, purpose: SignedPurpose): Promise<{ readonly key: ApiKey; readonly sign: Sign } | null>;
}

/** How long a key that another process added or revoked may go unnoticed, milliseconds. */
const NOTICED_AFTER_MS = 1_000;

/** A folder changed so recently may change again within the same tick of the file system's clock, milliseconds. */
const CLOCK_TICK_MS = 2_000;

/**
 * Opens the keys in a folder (`<library>/keys`), which is made with the first key.
 *
 * One small file per key: two processes that add keys at once write two files, so none can lose the other's, and
 * no lock is needed that a killed process could leave behind. Every change renames a file, which touches the
 * folder's modification time; that is how a running server notices it.
 */
export function openKeyStore(folder: string): KeyStore {
  const cache = cachedKeys(folder);
  return {
    async add(name, scope) {
      requireName(name);
      const secret = makeSecret();
      const record: KeyRecord = {
        version: 1,
        id: `k_${randomBytes(6).toString('hex')}`,
        name,
        scope,
        secretSha256: hashSecret(secret).toString('hex'),
        createdAt: new Date().toISOString(),
        revokedAt: null,
      };
      await addKeyFile(folder, record);
      cache.forget();
      return { key: withoutHash(record), secret };
    },
    async list() {
      return (await readKeyFiles(folder)).map(withoutHash);
    },
    async revoke(id) {
      const records = await readKeyFiles(folder);
      const record = records.find((key) => key.id === id);
      if (record === undefined) {
        const named = records.filter(({ name, revokedAt }) => name === id && revokedAt === null);
        throw new EideticError(
          'NOT_FOUND',
          named.length > 0
            ? `Found the name of a key, expected its id, for several keys may have one name: ${named.map((key) => key.id).join(', ')}.`
            : `There is no key ${id}; "eidetic keys list" shows those there are.`,
        );
      }
      const revoked = { ...record, revokedAt: record.revokedAt ?? new Date().toISOString() };
      await replaceKeyFile(folder, revoked);
      cache.forget();
      return withoutHash(revoked);
    },
    async find(secret) {
      const record = matching(await cache.keys(), hashSecret(secret));
      return record === null || record.revokedAt !== null ? null : withoutHash(record);
    },
    async signing(id, purpose) {
      const record = (await cache.keys()).find((key) => key.id === id && key.revokedAt === null);
      return record === undefined
        ? null
        : { key: withoutHash(record), sign: signerOf(record.secretSha256, purpose) };
    },
  };
}

/** Compares with every key, each in constant time: how long it takes tells nothing of which bytes are right. */
function matching(records: readonly KeyRecord[], hash: Buffer): KeyRecord | null {
  let found: KeyRecord | null = null;
  for (const record of records) {
    if (timingSafeEqual(Buffer.from(record.secretSha256, 'hex'), hash)) {
      found = record;
    }
  }
  return found;
}

/** Reads the folder when it has changed since, and looks whether it has at most once a second. */
function cachedKeys(folder: string): { keys(): Promise<readonly KeyRecord[]>; forget(): void } {
  let keys: Promise<readonly KeyRecord[]> | null = null;
  let lookedAt = 0;
  let changedAt: number | null = null;
  const look = async (former: Promise<readonly KeyRecord[]> | null) => {
    const now = Date.now();
    // Looked at before it is read: a change in between is then seen as one next time.
    const modified = await modifiedMs(folder);
    const isSettled = modified === null || now - modified > CLOCK_TICK_MS;
    if (former !== null && modified === changedAt) {
      return former;
    }
    const records = await readKeyFiles(folder);
    changedAt = isSettled ? modified : Number.NaN;
    return records;
  };
  return {
    keys() {
      const now = performance.now();
      if (keys === null || now - lookedAt >= NOTICED_AFTER_MS) {
        lookedAt = now;
        const looked = look(keys);
        keys = looked;
        looked.catch(() => {
          keys = keys === looked ? null : keys; // the next request looks again
        });
      }
      return keys;
    },
    forget() {
      keys = null;
    },
  };
}

async function modifiedMs(folder: string): Promise<number | null> {
  return stat(folder).then(
    (stats) => stats.mtimeMs,
    () => null,
  );
}

function requireName(name: string): void {
  if (name.trim() === '' || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${JSON.stringify(name.slice(0, 120))} as a key's name, expected 1 to 100 characters without control characters.`,
    );
  }
}

function withoutHash({ id, name, scope, createdAt, revokedAt }: KeyRecord): ApiKey {
  return { id, name, scope, createdAt, revokedAt };
}
