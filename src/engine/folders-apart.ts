import { EideticError } from '../domain/errors.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import { outermostFolders } from '../indexer/outermost-folders.ts';

/**
 * Absolute paths of two folders, as outermostFolders gives them.
 * @throws EideticError INVALID_INPUT when one lies in the other
 */
export async function foldersApart(first: string, second: string): Promise<[string, string]> {
  const [[a = first], [b = second]] = await Promise.all([
    outermostFolders([first], []),
    outermostFolders([second], []),
  ]);
  if (isAtOrBelow(a, b) || isAtOrBelow(b, a)) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${a} and ${b}, one of which is or holds the other, expected two folders apart: pictures of both would find themselves.`,
    );
  }
  return [a, b];
}
