import { lstat } from 'node:fs/promises';

/** Paths looked at together: this waits for the disk, not for a core. */
const AT_ONCE = 64;

/** Of these paths those where nothing can be seen at the moment: on a drive that is not mounted, or gone since. */
export async function absentAmong(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const absent = new Set<string>();
  for (let i = 0; i < paths.length; i += AT_ONCE) {
    await Promise.all(paths.slice(i, i + AT_ONCE).map((path) => lstat(path).catch(() => absent.add(path))));
  }
  return absent;
}
