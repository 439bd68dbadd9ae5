import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { EideticError } from '../domain/errors.ts';

/** The folder of the person who runs this; an empty or relative HOME counts as none. */
export function homeFolder(): string {
  const home = homedir();
  return isAbsolute(home) ? home : userInfo().homedir;
}

/**
 * A path with `~` and `~/…` standing for the home folder, as a shell would read it: in files and variables no shell
 * does, and after `--library=` not every shell.
 * @param name what the path was given for, for the message
 * @throws EideticError INVALID_INPUT for `~somebody`
 */
export function expandHome(path: string, name: string): string {
  if (path === '~' || path.startsWith('~/')) {
    return join(homeFolder(), path.slice(1));
  }
  if (path.startsWith('~')) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${JSON.stringify(path)} for ${name}, but only ~ and ~/… stand for a home folder, your own; write the path in full, or ./${path} for a name that begins with ~.`,
    );
  }
  return path;
}
