import { spawn } from 'node:child_process';

/** How a process of its own ended. */
export interface ScriptResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
}

/** Limits for {@link runScript}. */
export interface ScriptLimits {
  /** Kills the process with SIGKILL so many milliseconds after the first thing it prints. */
  readonly killAfterMs?: number;
  /** Largest file it can write, in blocks of 1,024 bytes: beyond, writes fail as on a full disk. */
  readonly maxFileBlocks?: number;
}

/** Runs an ES module's text in a process of its own, for what may crash, be killed or run out of disk. */
export function runScript(source: string, limits: ScriptLimits = {}): Promise<ScriptResult> {
  const ulimit = limits.maxFileBlocks === undefined ? '' : `ulimit -f ${limits.maxFileBlocks};`;
  const shell = `${ulimit} exec "$0" --input-type=module --eval "$1"`;
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', shell, process.execPath, source], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (limits.killAfterMs !== undefined) {
      child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), limits.killAfterMs));
    }
    let stdout = '';
    child.stdout.on('data', (piece) => {
      stdout += piece;
    });
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, stdout }));
  });
}
