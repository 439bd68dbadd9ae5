import { spawn } from 'node:child_process';

/** Runs a program over bytes that it reads from stdin, and gives what it writes. @throws Error with its words when it fails */
export async function runFilter(program: string, args: readonly string[], input: Buffer): Promise<Buffer> {
  // One thread each: as many pictures as there are cores are in work anyhow.
  const env = { ...process.env, MAGICK_THREAD_LIMIT: '1', OMP_NUM_THREADS: '1' };
  const child = spawn(program, args, { env });
  const output: Buffer[] = [];
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk;
  });
  child.stdin.on('error', () => {}); // a program that has read enough leaves
  child.stdin.end(input);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (exitCode !== 0 || output.length === 0) {
    throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}: ${words.trim()}`);
  }
  return Buffer.concat(output);
}
