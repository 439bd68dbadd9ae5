import type { KnownFile } from '../domain/file-ledger.ts';
import { isAtOrBelow } from '../domain/is-below.ts';
import { type KnownPage, pageOfOne } from '../domain/known-page.ts';
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

/** The same in pages. */
export function knownPagesOf(root: PlannedRoot, context: PlanContext): AsyncIterable<KnownPage> {
  return root.id === null
    ? onePageEach(knownFilesOf(root, context))
    : context.files.knownInPages(root.id, context.modelKeys);
}

async function* onePageEach(files: AsyncIterable<KnownFile>): AsyncGenerator<KnownPage> {
  for await (const file of files) {
    yield pageOfOne(file);
  }
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
  const [root, ...inner] = [path, ...innerRoots].map(asBytes);
  return [...knownNames]
    .filter(
      ([bytes]) =>
        isAtOrBelow(bytes, root as string) && !inner.some((innerRoot) => isAtOrBelow(bytes, innerRoot)),
    )
    .map(([bytes, shown]) => ({ rawPath: Buffer.from(bytes, 'latin1'), shown }));
}

/** Names that lie below none of the library's roots: they were named one by one. */
export function missingListedNames({ rootPaths, knownNames }: PlanContext): Buffer[] {
  const roots = rootPaths.map(asBytes);
  return [...knownNames.keys()]
    .filter((bytes) => !roots.some((root) => isAtOrBelow(bytes, root)))
    .map((bytes) => Buffer.from(bytes, 'latin1'));
}

/** Text as its bytes, a byte a character: how names look says nothing of where they lie. */
function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
