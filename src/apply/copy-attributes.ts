import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Refusal } from './refusal.ts';

const run = promisify(execFile);

/**
 * Gives a file the mode, owner, times and extended attributes of another, to the last nanosecond; makes an empty one
 * where none is. Node can do neither the attributes nor the nanoseconds, the system's `cp` both.
 * @throws Refusal when that cannot be done as a whole
 */
export async function copyAttributes(from: string, to: string): Promise<void> {
  const kept = '--preserve=mode,ownership,timestamps,xattr';
  try {
    await run('cp', ['--attributes-only', '--no-dereference', kept, '--', from, to]);
  } catch (error) {
    throw new Refusal(`its attributes cannot be kept (${firstLine(error)})`);
  }
}

/** @param modifiedNs nanoseconds since 1970 @throws a sentence when it cannot be done */
export async function setModified(path: string, modifiedNs: bigint): Promise<void> {
  const fraction = ((modifiedNs % NS_PER_S) + NS_PER_S) % NS_PER_S;
  const seconds = (modifiedNs - fraction) / NS_PER_S;
  await run('touch', ['-m', '-c', '-d', `@${seconds}.${String(fraction).padStart(9, '0')}`, '--', path]);
}

const NS_PER_S = 1_000_000_000n;

function firstLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr || message).split('\n')[0] as string;
}
