/** A system error in a person's words. */
export function describeSystemError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
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
      return 'its name is too long';
    default:
      return message;
  }
}

/** Whether an error says that nothing is at a path, and not that nobody could look. */
export function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
