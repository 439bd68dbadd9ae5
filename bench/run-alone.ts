import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** A compiled program of the benches or of Eidetic (from dist/bench). */
export type Program = `./${string}.js` | '../src/cli/eidetic.cjs';

/**
 * Runs a program in a process of its own, without settings of Eidetic from outside, and reads the JSON it prints.
 * @param environment put into its environment
 * @throws Error when it ends with another code than 0
 */
export function runAlone<Result>(
  program: Program,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Result {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('EIDETIC_'));
  const script = fileURLToPath(new URL(program, import.meta.url));
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...Object.fromEntries(inherited), ...environment },
  });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${status ?? signal}: ${stderr}`);
  }
  return JSON.parse(stdout) as Result;
}

/** For what decodes with sharp from this process: as many libuv threads as it may have pictures in flight. */
export const DECODING_THREADS = { UV_THREADPOOL_SIZE: String(4 * availableParallelism()) };
