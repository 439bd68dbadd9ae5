/** A path as one word of a command line (POSIX shells); as it is when nothing in it means anything to them. */
export function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
