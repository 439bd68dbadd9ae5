import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { keptFolder } from './kept-folder.ts';

/** Of one step, milliseconds: what takes longer to fetch is not worth waiting for. */
const PATIENCE = 10 * 60 * 1_000;

/**
 * A Python environment of the benches' own with one package from PyPI, made once and kept.
 * @param requirement a package and its version, `name==1.2.3`
 * @returns its interpreter
 * @throws Error with pip's words when it cannot be had
 */
export async function pythonWith(requirement: string): Promise<string> {
  const folder = await keptFolder(`python-${requirement.replaceAll('=', '-')}`, async (folder) => {
    await runPython('python3', ['-m', 'venv', folder], '');
    const install = ['-m', 'pip', 'install', '--quiet', requirement];
    await runPython(join(folder, 'bin', 'python'), install, '');
  });
  return join(folder, 'bin', 'python');
}

/** @param input for its stdin @throws Error with its last words when it fails */
export async function runPython(python: string, args: readonly string[], input: string): Promise<void> {
  const child = spawn(python, args, { stdio: ['pipe', 'ignore', 'pipe'], timeout: PATIENCE });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk;
  });
  child.stdin.on('error', () => {}); // one that ends early says why
  child.stdin.end(input);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (exitCode !== 0) {
    throw new Error(`${python} ${args.join(' ')} ended with ${exitCode}: ${words.trim().slice(-1_000)}`);
  }
}
