/** What Linux, macOS and Windows take for one name. */
const LONGEST_NAME_BYTES = 255;

/** A system error in a person's words. */
export function describeSystemError(error: unknown): string {
  const { code, message, path } = error as NodeJS.ErrnoException;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENOENT':
    case 'ENOTDIR':
      return 'it is not there';
    case 'EISDIR':
      return 'it is a folder';
    case 'EIO':
      return 'the device reports an error';
    case 'ESTALE':
      return 'the server that it lies on no longer knows it';
    case 'ENOTCONN':
      return 'the program that serves its file system has ended';
    case 'ETIMEDOUT':
    case 'EHOSTDOWN':
    case 'EHOSTUNREACH':
      return 'the server that it lies on does not answer';
    case 'ELOOP':
      return 'its symbolic links lead in a circle';
    case 'ENAMETOOLONG':
      return describeLength(path ?? '');
    default:
      return message;
  }
}

/** One of its names, or the path as a whole, which a folder that lies deep enough makes too long for any program. */
function describeLength(path: string): string {
  const longest = Math.max(...path.split('/').map((name) => Buffer.byteLength(name)));
  return longest > LONGEST_NAME_BYTES
    ? `a name of ${longest} bytes is too long, ${LONGEST_NAME_BYTES} are the most`
    : `its path of ${Buffer.byteLength(path)} bytes is too long for the system; move it up, or give folders shorter names`;
}

/** Whether an error says that nothing is at a path, and not that nobody could look. */
export function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
