import type { MountsOfOne } from './mount-tree.ts';
import type { Mount } from './parse-mounts.ts';

/** Their sources are names that whoever mounted made up, whatever they look like. */
const TYPES_WITHOUT_SOURCE = new Set(['tmpfs', 'ramfs', 'rootfs', 'overlay']);

/**
 * Names a device by what outlives a reboot:
 * `ext4 uuid=…` where there is a UUID, `nfs4 nas:/photos` where the source says which one it is, and
 * `tmpfs none at /scratch` where only the place does.
 * Where no UUID is known and a disk or a file system in memory has a time of birth, ` born=…` tells it from another that
 * takes its place: two cards in one reader, say.
 * One line of text. Spaces stand in it as they are, a line feed or a backslash as in /proc.
 * @param bornNs when the file system was made, nanoseconds since 1970; 0 when it does not say
 * @param subvolume path of the subvolume within its file system, where it has inode numbers of its own
 */
export function deviceIdentity(
  mounts: MountsOfOne,
  uuid: string | null,
  bornNs: bigint,
  subvolume: string | null,
): string {
  const parts = [mounts[0].type, ...whichOne(mounts, uuid)];
  if (uuid === null && bornNs > 0n && isBornOnce(mounts[0])) {
    parts.push(`born=${bornNs}`);
  }
  if (subvolume !== null) {
    parts.push(`subvolume=${subvolume}`);
  }
  return parts.join(' ').replaceAll('\\', '\\134').replaceAll('\n', '\\012');
}

function whichOne(mounts: MountsOfOne, uuid: string | null): string[] {
  if (uuid !== null) {
    return [`uuid=${uuid}`];
  }
  const source = sourceOf(mounts);
  return isTelling(source, mounts[0].type) ? [source] : [source, 'at', mounts[0].mountPoint];
}

/** Others have the times of a server or of a layer. */
function isBornOnce({ type, source }: Mount): boolean {
  return type === 'tmpfs' || type === 'ramfs' || (source.startsWith('/dev/') && source !== '/dev/fuse');
}

/**
 * NFS shows `nas:/photos/2020` as the source where only that folder of `nas:/photos` is mounted: the shortest is
 * nearest to the whole, and does not depend on which was mounted first.
 */
function sourceOf(mounts: MountsOfOne): string {
  const sources = mounts.map(({ source }) => source || 'none');
  return sources.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? 'none';
}

function isTelling(source: string, type: string): boolean {
  return /[/:]/.test(source) && source !== '/dev/fuse' && !TYPES_WITHOUT_SOURCE.has(type);
}
