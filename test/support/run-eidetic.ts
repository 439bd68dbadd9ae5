import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/eidetic.cjs', import.meta.url));

export interface Finished {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Given the process as soon as it has started. */
  readonly onStart?: (process: ChildProcess) => void;
}

/** Runs the real program in a process of its own, without settings from outside. */
export async function runEidetic(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('EIDETIC_'));
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN, ...args], {
    env: { ...Object.fromEntries(inherited), ...options.environment },
    cwd: options.cwd,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A program that refuses its arguments ends before it has read its input.
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin);
  options.onStart?.(child);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() };
}

/** Runs it, expects an exit code, and gives what it printed as JSON. */
export async function eideticJson<Value>(
  args: readonly string[],
  expected = 0,
  options: RunOptions = {},
): Promise<Value> {
  return jsonOf(args, await runEidetic(args, options), expected);
}

/** What a run printed as JSON. @throws when it ended with another exit code than expected */
export function jsonOf<Value>(
  args: readonly string[],
  { exitCode, stdout, stderr }: Finished,
  expected: number,
): Value {
  if (exitCode !== expected) {
    throw new Error(
      `eidetic ${args.join(' ')} ended with ${exitCode}, expected ${expected}:\n${stdout}\n${stderr}`,
    );
  }
  return JSON.parse(stdout.toString()) as Value;
}
