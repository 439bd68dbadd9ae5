import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/cli/eidetic.cjs', import.meta.url));

/** What one report took. */
export interface DuplicatesRun {
  readonly seconds: number;
  /** Of all its threads. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** What it printed. */
  readonly output: Buffer;
}

/**
 * "eidetic duplicates --json" as a process of its own.
 * @throws Error when it does not end with 0
 */
export async function runDuplicates(library: string, flags: readonly string[]): Promise<DuplicatesRun> {
  const folder = mkdtempSync(join(tmpdir(), 'eidetic-bench-'));
  try {
    return await run(library, flags, join(folder, 'usage.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param usageFile where the process writes what it took */
async function run(library: string, flags: readonly string[], usageFile: string): Promise<DuplicatesRun> {
  const tellUsage = `import { writeFileSync } from 'node:fs';
    process.on('exit', () =>
      writeFileSync(${JSON.stringify(usageFile)}, JSON.stringify(process.resourceUsage())));`;
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(tellUsage)}`, MAIN],
      ...['duplicates', '--json', '--library', library, ...flags],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  if (exitCode !== 0) {
    throw new Error(`eidetic duplicates ended with ${exitCode}.`);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage;
  return {
    seconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    peakMb: usage.maxRSS / 1e3,
    output: Buffer.concat(output),
  };
}
