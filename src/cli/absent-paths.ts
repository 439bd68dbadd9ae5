import { lstat } from 'node:fs/promises';
import type { DuplicateReport } from '../duplicates/find-duplicates.ts';

/** Paths looked at together: this waits for the disk, not for a core. */
const AT_ONCE = 64;

/**
 * Paths of a report where nothing is at the moment: on a drive that is not mounted, or deleted since. They are copies
 * that nobody can rely on.
 */
export async function absentPaths({ groups }: DuplicateReport): Promise<ReadonlySet<string>> {
  const paths = groups.flatMap(({ pictures }) =>
    pictures.flatMap(({ files }) => files.map(({ path }) => path)),
  );
  const absent = new Set<string>();
  for (let i = 0; i < paths.length; i += AT_ONCE) {
    await Promise.all(paths.slice(i, i + AT_ONCE).map((path) => lstat(path).catch(() => absent.add(path))));
  }
  return absent;
}
