/**
 * A device number of a stat as /proc writes it, `major:minor`.
 * @param dev `dev` or `rdev` of a stat with `{ bigint: true }`, packed as by makedev(3) of Linux
 */
export function majorMinor(dev: bigint): string {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
  const minor = (dev & 0xffn) | ((dev >> 12n) & ~0xffn);
  return `${major}:${minor & 0xffffffffn}`;
}
