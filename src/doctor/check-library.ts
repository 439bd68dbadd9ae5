import type { Catalog } from '../domain/catalog.ts';
import type { Space } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import type { SpaceIndex } from '../search/space-index.ts';
import { attempt, type Check, checkOf } from './check.ts';
import { checkCounts } from './check-counts.ts';
import { checkIndexFile } from './check-index.ts';
import { checkRecall } from './check-recall.ts';
import { checkUploads, type UploadsFolder } from './check-uploads.ts';
import { checkVectors } from './check-vectors.ts';

export interface DoctorParts {
  readonly catalog: Pick<Catalog, 'integrityProblems' | 'files' | 'pictures' | 'descriptors' | 'spaces'>;
  /** The one whose index is looked at. */
  readonly space: Space;
  readonly uploads: UploadsFolder;
  /** Opens the saved index of the space. */
  readonly openIndex: () => Promise<SpaceIndex>;
  readonly createExact: (dimensions: number) => VectorIndex;
}

/**
 * Looks at a whole library: the catalog's pages and references, every vector that a space is made from, counts that
 * must add up, the files of uploads, the saved index, and its recall against exact search.
 * @param shouldRepair whether to rebuild and save what is only a cache, and to remove pictures without files; the
 *   caller then holds the lock `maintenance`
 */
export async function checkLibrary(parts: DoctorParts, shouldRepair: boolean): Promise<Check[]> {
  const { catalog, space, uploads } = parts;
  return [
    await attempt('catalog', async () => checkPages(await catalog.integrityProblems())),
    await attempt('embeddings', async () =>
      checkVectors(catalog.descriptors, [space, ...(await catalog.spaces.spaces())]),
    ),
    await attempt('counts', async () => {
      const active = (await catalog.spaces.spaces()).filter(({ isActive }) => isActive);
      return checkCounts(catalog, [space, ...active], shouldRepair);
    }),
    await attempt('uploads', () => checkUploads(catalog.files, uploads)),
    ...(await checkIndex(parts, shouldRepair)),
  ];
}

function checkPages(problems: readonly string[]): Check {
  return problems.length === 0
    ? checkOf('catalog', true, 'Its pages and references are sound.')
    : checkOf('catalog', false, problems.join('; '));
}

async function checkIndex(
  { catalog, space, openIndex, createExact }: DoctorParts,
  shouldRepair: boolean,
): Promise<Check[]> {
  const recallParts = { descriptors: catalog.descriptors, space, createExact };
  let index: SpaceIndex | null = null;
  const file = await attempt('index file', async () => {
    index = await openIndex();
    await index.catchUp();
    return checkIndexFile(index, shouldRepair);
  });
  const recall = await attempt('recall', async () =>
    index === null
      ? checkOf('recall', false, 'It could not be measured without an index.')
      : checkRecall(recallParts, index, shouldRepair),
  );
  return [file, recall];
}
