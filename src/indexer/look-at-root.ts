import { lstat } from 'node:fs/promises';
import { describeSystemError, isAbsent } from '../domain/describe-system-error.ts';

/** What is at the path of a root. */
export type RootLook =
  | { readonly kind: 'there' }
  /** Nothing. */
  | { readonly kind: 'absent'; readonly reason: string }
  /** Nobody knows, or nothing that can be scanned; `isSpecial` for what is no file and never was. */
  | { readonly kind: 'unusable'; readonly reason: string; readonly isSpecial: boolean };

export async function lookAtRoot(path: string): Promise<RootLook> {
  try {
    const stats = await lstat(path);
    if (stats.isDirectory() || stats.isFile()) {
      return { kind: 'there' };
    }
    const what = stats.isSymbolicLink() ? 'a symbolic link' : 'neither a folder nor a regular file';
    return { kind: 'unusable', reason: `it is ${what}`, isSpecial: !stats.isSymbolicLink() };
  } catch (error) {
    const reason = describeSystemError(error);
    return isAbsent(error) ? { kind: 'absent', reason } : { kind: 'unusable', reason, isSpecial: false };
  }
}
