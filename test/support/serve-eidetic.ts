import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/eidetic.cjs', import.meta.url));

/** The real server in a process of its own. */
export interface ServedLibrary {
  readonly address: string;
  readonly process: ChildProcess;
  /** What it has logged so far. */
  log(): string;
  /** Ends it as Ctrl-C does; resolves with its exit code. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

/** Starts `eidetic serve` on a free port, on a new library when there is none, and waits until it is ready. */
export async function serveEidetic(library: string, args: readonly string[] = []): Promise<ServedLibrary> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('EIDETIC_'));
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', MAIN, 'serve', '--create', '--library', library, '--port', '0', ...args],
    { env: Object.fromEntries(inherited), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      if (stdout.includes('Ready:')) {
        resolve();
      }
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${stdout}\n${stderr}`)));
  });
  const address = /Listening on (\S+)/.exec(stdout)?.[1] ?? '';
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  };
  return {
    address,
    process: child,
    log: () => stderr,
    stop: () => end('SIGTERM'),
    async kill() {
      await end('SIGKILL');
    },
  };
}
