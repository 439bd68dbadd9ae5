import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where what takes long to make is kept between runs; may be deleted at any time. */
const KEPT = join(tmpdir(), 'eidetic-bench-sets');

/**
 * A folder that is made once. It appears when it is whole.
 * @param name says everything that its contents depend on
 * @param fill writes its contents
 */
export async function keptFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(KEPT, name);
  if (existsSync(folder)) {
    return folder;
  }
  mkdirSync(KEPT, { recursive: true });
  const unfinished = mkdtempSync(join(KEPT, 'unfinished-'));
  try {
    await fill(unfinished);
    // Another run may have made it meanwhile, which is as good.
    if (!existsSync(folder)) {
      renameSync(unfinished, folder);
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}
