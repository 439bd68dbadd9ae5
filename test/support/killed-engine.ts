import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { temporaryFolder } from './temporary-folder.ts';

/** Settings of a library, as resolveConfig takes them. */
export interface KilledLibrary {
  readonly library: string;
  readonly models: string;
  readonly model: string;
}

/**
 * Does something with an open library in a process that ends by kill -9 on the way.
 * @param work statements of a module that has `library`, `indexLibrary`, `reindexLibrary`, `PLAIN_RUN`, `SIGNAL`, and
 *   `die`, which it must come to
 */
export async function killedEngine(settings: KilledLibrary, work: string): Promise<void> {
  const from = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  // A file, for embedding threads take their process's flags over, and a text on the command line is one.
  const script = join(temporaryFolder(), 'script.mjs');
  writeFileSync(
    script,
    `
    import { resolveConfig } from ${from('../../src/config/resolve-config.js')};
    import { indexLibrary, PLAIN_RUN } from ${from('../../src/engine/index-library.js')};
    import { openLibrary } from ${from('../../src/engine/open-library.js')};
    import { reindexLibrary } from ${from('../../src/engine/reindex-library.js')};
    const logger = { debug() {}, info() {}, warn() {}, error() {} };
    const config = resolveConfig(${JSON.stringify(settings)}, {});
    const library = await openLibrary(config, logger, { mayAddModel: true });
    const SIGNAL = new AbortController().signal;
    const die = () => {
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => {});
    };
    ${work}
    throw new Error('it was not killed');
    `,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
  const [said, [, signal]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  assert.equal(signal, 'SIGKILL', said);
}
