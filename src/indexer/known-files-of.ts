import type { KnownFile } from '../domain/file-ledger.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import type { PlanContext } from './plan-context.ts';
import type { PlannedRoot } from './plan-roots.ts';

/** What the catalog knows of a root's paths, ascending, whoever had them before it. */
export function knownFilesOf(
  { path, id, outerRoot }: PlannedRoot,
  { files, modelKeys }: PlanContext,
): AsyncIterable<KnownFile> {
  if (id !== null) {
    return files.knownFiles(id, modelKeys);
  }
  return within(
    path,
    outerRoot === null ? files.knownListed(modelKeys) : files.knownFiles(outerRoot.id, modelKeys),
  );
}

async function* within(folder: string, files: AsyncIterable<KnownFile>): AsyncGenerator<KnownFile> {
  for await (const file of files) {
    if (isAtOrBelow(file.path, folder)) {
      yield file;
    }
  }
}

/** A name that is not UTF-8. */
export interface RawName {
  /** Bytes of its path. */
  readonly rawPath: Buffer;
  /** How that looks as text. */
  readonly shown: string;
}

/** Names of a root that are not UTF-8, failed in an earlier run, and were not met in this one. */
export function missingNamesOf({ path, innerRoots }: PlannedRoot, { knownNames }: PlanContext): RawName[] {
  return [...knownNames]
    .filter(
      ([, shown]) => isAtOrBelow(shown, path) && ![...innerRoots].some((inner) => isAtOrBelow(shown, inner)),
    )
    .map(([bytes, shown]) => ({ rawPath: Buffer.from(bytes, 'latin1'), shown }));
}
