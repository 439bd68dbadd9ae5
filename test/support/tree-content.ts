import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All that a person could tell of a folder and what lies in it, a line each: names, kinds, bytes, modes, owners, and when
 * each was last changed, to the nanosecond. Not inodes and change times, which no program can bring back.
 */
export function treeContent(folder: string): string[] {
  const names = ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()];
  return names.map((name) => {
    const path = join(folder, name);
    const stats = lstatSync(path, { bigint: true });
    const { mode, uid, gid, size, mtimeNs } = stats;
    const content = stats.isFile()
      ? `${size} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`
      : stats.isSymbolicLink()
        ? readlinkSync(path)
        : 'folder';
    return `${name} ${mode.toString(8)} ${uid}:${gid} ${mtimeNs} ${content}`;
  });
}
