import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.ts';

const SOURCE = fileURLToPath(new URL('../../../test/support/failing-files.c', import.meta.url));

/** Which system calls on which paths fail, in a process that is started with this. */
export interface Failing {
  /** Only paths that begin so. */
  readonly below: string;
  /** Only paths that contain this. */
  readonly contains?: string;
  /** One in so many of these paths, always the same ones. */
  readonly every?: number;
  readonly error: 'EIO' | 'EACCES' | 'ESTALE' | 'ENOTCONN' | 'EMFILE';
  readonly calls: ReadonlyArray<'open' | 'list' | 'stat'>;
}

/**
 * Compiles what makes files fail, and returns how to ask for it: as environment of a process. Null where there is no
 * C compiler or no Linux.
 */
export function failingFiles(): ((failing: Failing) => Record<string, string>) | null {
  const library = join(temporaryFolder(), 'failing-files.so');
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl']);
  if (compiled.status !== 0) {
    return null;
  }
  return ({ below, contains, every = 1, error, calls }) => ({
    LD_PRELOAD: library,
    FAIL_BELOW: below,
    ...(contains === undefined ? {} : { FAIL_CONTAINS: contains }),
    FAIL_EVERY: String(every),
    FAIL_ERRNO: String(constants.errno[error]),
    FAIL_CALLS: calls.join(','),
  });
}
