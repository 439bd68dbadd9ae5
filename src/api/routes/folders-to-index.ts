import type { ApiParts } from '../api-parts.ts';
import type { Caller } from '../keys/caller.ts';

/** The folders inside which a caller may have a job index, as far as they are there. */
export async function foldersToIndex(
  { library, jobs }: Pick<ApiParts, 'library' | 'jobs'>,
  caller: Caller,
): Promise<string[]> {
  const cannot = !caller.scopes.has('admin') || library.catalog.isReadOnly || library.cannotDescribe !== null;
  return cannot ? [] : jobs.allowedFolders();
}
