import type { IndexProgress, IndexSummary } from '../indexer/index-files.ts';
import { dropMigrationBackup } from './drop-migration-backup.ts';
import { indexLibrary, PLAIN_RUN } from './index-library.ts';
import type { Library } from './library.ts';
import { isInUse } from './model-in-use.ts';
import { useModel } from './use-model.ts';

/** What a reindex brought about. */
export interface Reindexed {
  /** Null when nothing was left to embed. */
  readonly summary: IndexSummary | null;
  /** Files that still lack the model; 0: it is in use. */
  readonly filesLeft: number;
  /** Whether the model was in use before, too. */
  readonly wasInUse: boolean;
}

/**
 * Embeds everything the library knows with the model it was opened with (and with that of `copy`, where it is another), beside
 * the model in use, and makes it the one in use when nothing is left to do. Stopped, killed, or with files that are away, the
 * old model stays in use and the next call goes on.
 * @param allowEmpty whether files whose folder is not there, or empty, are gone: they leave the library
 * @throws EideticError what indexLibrary throws
 */
export async function reindexLibrary(
  library: Library,
  onProgress: (progress: IndexProgress) => void,
  signal: AbortSignal,
  allowEmpty = false,
): Promise<Reindexed> {
  const wasInUse = await isInUse(library);
  // Only what the library knows, wherever it lies: rules and folders are those of the runs that found it.
  const listed = [...(await filesLacking(library))];
  const command = { ...PLAIN_RUN, roots: [], listed, allowEmpty };
  const summary = listed.length === 0 ? null : await indexLibrary(library, command, onProgress, signal);
  const filesLeft = summary === null ? 0 : (await filesLacking(library)).size;
  if (filesLeft === 0 && !summary?.interrupted) {
    await useModel(library);
    if (summary !== null) {
      await dropMigrationBackup(library); // each file was read, by this call or those before it
    }
  }
  return { summary, filesLeft, wasInUse };
}

/** What one of the models in use, or the one that is to be, has not embedded yet. */
async function filesLacking({ catalog, modelKeys }: Library): Promise<ReadonlySet<string>> {
  const lacking = new Set<string>();
  for (const key of modelKeys) {
    for await (const path of catalog.files.filesWithout(key)) {
      lacking.add(path);
    }
  }
  return lacking;
}
