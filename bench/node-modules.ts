import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { keptFolder } from './kept-folder.ts';

/**
 * Packages from npm in a folder of the benches' own, installed once and kept. Their install scripts are not run.
 * @param name of who uses them
 * @param packages with their versions, `name@1.2.3`
 * @returns the `node_modules` that they lie in
 * @throws Error with npm's words when they cannot be had
 */
export async function nodeModulesWith(name: string, packages: readonly string[]): Promise<string> {
  const kept = `${name}-${packages.join('-').replaceAll('/', '-')}`;
  const folder = await keptFolder(kept, async (made) => {
    const { status, stderr, error } = spawnSync(
      'npm',
      ['install', '--prefix', made, '--no-audit', '--no-fund', '--ignore-scripts', ...packages],
      { encoding: 'utf8' },
    );
    if (error !== undefined || status !== 0) {
      const words = error?.message ?? stderr.trim().slice(-1_000);
      throw new Error(`npm install ended with ${status}: ${words}`);
    }
  });
  return join(folder, 'node_modules');
}
