import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.ts';

const SOURCE = fileURLToPath(new URL('../../../test/support/caseless-files.c', import.meta.url));

/**
 * The environment of a process to which all below a folder lies on a disk that does not tell upper from lower case.
 * Null where there is no C compiler or no Linux.
 * @param below absolute, without symbolic links
 */
export function caselessBelow(below: string): Record<string, string> | null {
  const library = join(temporaryFolder(), 'caseless-files.so');
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl']);
  return compiled.status === 0 ? { LD_PRELOAD: library, CASELESS_BELOW: below } : null;
}
