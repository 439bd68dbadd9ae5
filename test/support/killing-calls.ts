import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../../test/support/killing-calls.c', import.meta.url));

/**
 * Compiles what kills a process before one of its calls that change files.
 * @param folder for what is compiled
 * @returns the environment of a process that is killed before its `killAt`th such call, null for none, and that writes
 *   the number of them into a file when it ends by itself; null where there is no C compiler or no Linux
 */
export function killingCalls(
  folder: string,
): ((killAt: number | null, countInto?: string) => Record<string, string>) | null {
  const library = join(folder, 'killing-calls.so');
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-w', '-o', library, SOURCE, '-ldl']);
  if (compiled.status !== 0) {
    return null;
  }
  return (killAt, countInto) => ({
    LD_PRELOAD: library,
    ...(killAt === null ? {} : { KILL_AT: String(killAt) }),
    ...(countInto === undefined ? {} : { COUNT_INTO: countInto }),
  });
}
