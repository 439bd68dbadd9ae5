import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { EideticError } from '../domain/errors.ts';
import type { LockScope } from '../domain/library-lock.ts';

const SCOPE_IN_WORDS: Readonly<Record<LockScope, string>> = {
  run: 'an index run, or a plan that is carried out or taken back',
  upload: 'uploads, or the end of an index run',
  index: 'the saving of an index',
  maintenance: 'maintenance (a migration, a repair or a switch of models)',
};

/**
 * Says who holds a lock and what for, for the messages of others.
 * @param path of the lock without extension
 */
export function writeHolder(path: string, scope: LockScope): void {
  try {
    writeFileSync(`${path}.pid`, `${process.pid} ${scope}\n`);
  } catch {
    forgetHolder(path); // a note must not cost the lock, but one about who held it before would mislead
  }
}

export function forgetHolder(path: string): void {
  try {
    rmSync(`${path}.pid`, { force: true });
  } catch {
    // It misleads nobody while the lock is free, and who takes the lock next writes over it.
  }
}

/** The error for a lock that another holds. */
export function heldLock(library: string, path: string): EideticError {
  const { pid, scope } = readHolder(path);
  const holder = pid === null ? 'another process' : `process ${pid}`;
  const purpose = scope === null ? '' : ` for ${SCOPE_IN_WORDS[scope]}`;
  return new EideticError(
    'CATALOG_BUSY',
    `The library ${library} is held by ${holder}${purpose}; wait until it is done, or stop it.`,
    { details: { pid } },
  );
}

function readHolder(path: string): { pid: number | null; scope: LockScope | null } {
  try {
    const [digits = '', word = ''] = readFileSync(`${path}.pid`, 'utf8').trim().split(' ');
    const pid = Number.parseInt(digits, 10);
    return {
      pid: Number.isInteger(pid) ? pid : null,
      scope: Object.hasOwn(SCOPE_IN_WORDS, word) ? (word as LockScope) : null,
    };
  } catch {
    return { pid: null, scope: null }; // the holder is between taking the lock and saying who it is
  }
}
