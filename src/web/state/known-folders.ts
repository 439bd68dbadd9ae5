import { signal } from '@preact/signals';
import type { Picture } from '../../client/eidetic-client.ts';
import { folderOf } from '../parts/file-name.ts';

/** Enough to choose from. */
const MOST = 500;

/** Folders of the pictures that have been shown, as answers show their paths. */
export const knownFolders = signal<ReadonlySet<string>>(new Set());

export function noteFolders(pictures: readonly Pick<Picture, 'files'>[]): void {
  const folders = new Set(pictures.flatMap(({ files }) => files.map(folderOf)));
  const fresh = [...folders].filter((folder) => folder !== '' && !knownFolders.value.has(folder));
  if (fresh.length > 0) {
    knownFolders.value = new Set([...knownFolders.value, ...fresh].slice(-MOST));
  }
}
