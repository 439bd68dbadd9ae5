import type { Catalog } from '../domain/catalog.ts';
import type { Space } from '../domain/space.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import type { SpaceIndex } from '../search/space-index.ts';
import { attempt, type Check, checkOf, noteOf } from './check.ts';
import { checkCounts } from './check-counts.ts';
import { checkFormer, type FormerIndex } from './check-former.ts';
import { checkIndexFile } from './check-index.ts';
import { checkRecall } from './check-recall.ts';
import { checkUploads, type UploadsFolder } from './check-uploads.ts';
import { checkVectors } from './check-vectors.ts';

/** A space and how its saved index is opened. */
export interface IndexedSpace {
  readonly space: Space;
  readonly openIndex: () => Promise<SpaceIndex>;
}

export interface DoctorParts {
  readonly catalog: Pick<
    Catalog,
    'integrityProblems' | 'files' | 'pictures' | 'descriptors' | 'spaces' | 'models'
  >;
  /** Why no new picture can be described, and what to do; null when they can. */
  readonly cannotDescribe: string | null;
  /** Lists the saved indexes that are not in use. */
  readonly formerIndexes: () => Promise<readonly FormerIndex[]>;
  readonly uploads: UploadsFolder;
  /** Those whose indexes are looked at; one or more. */
  readonly spaces: readonly IndexedSpace[];
  readonly createExact: (dimensions: number) => VectorIndex;
}

/**
 * Looks at a whole library: the catalog's pages and references, every vector that a space is made from, counts that
 * must add up, the files of uploads, whether its model is there, what former ones have left, the saved index of each
 * space, and its recall against exact search.
 * @param mayRepair whether to rebuild and save what is only a cache, and to remove pictures without files; the
 *   caller then holds the lock `maintenance`. Nothing is repaired by a catalog that is damaged
 */
export async function checkLibrary(parts: DoctorParts, mayRepair: boolean): Promise<Check[]> {
  const { catalog, uploads, cannotDescribe, formerIndexes } = parts;
  const pages = await attempt('catalog', async () => checkPages(await catalog.integrityProblems()), false);
  const isDamaged = !pages.isSound;
  const shouldRepair = mayRepair && !isDamaged;
  const used = parts.spaces.map(({ space }) => space);
  const usedSpaces = async () => {
    const active = (await catalog.spaces.spaces()).filter(({ isActive }) => isActive);
    return [...used, ...active];
  };
  const checks: Readonly<Record<string, () => Promise<Check>>> = {
    embeddings: async () => checkVectors(catalog.descriptors, [...used, ...(await catalog.spaces.spaces())]),
    counts: async () => checkCounts(catalog, await usedSpaces(), shouldRepair),
    uploads: () => checkUploads(catalog.files, uploads),
    model: async () =>
      noteOf('model', cannotDescribe ?? 'New pictures can be described.', cannotDescribe !== null),
    'former models': async () => checkFormer(catalog, await usedSpaces(), await formerIndexes()),
  };
  const found: Check[] = [];
  for (const [name, look] of Object.entries(checks)) {
    found.push(await attempt(name, look, isDamaged));
  }
  for (const indexed of parts.spaces) {
    found.push(...(await checkIndex(parts, indexed, shouldRepair, isDamaged)));
  }
  return [pages, ...found];
}

/** Problems that are told; a damaged catalog has thousands. */
const MOST_PROBLEMS = 5;

function checkPages(problems: readonly string[]): Check {
  if (problems.length === 0) {
    return checkOf('catalog', true, 'Its pages and references are sound.');
  }
  const more = problems.length > MOST_PROBLEMS ? [`and ${problems.length - MOST_PROBLEMS} more`] : [];
  const told = [...problems.slice(0, MOST_PROBLEMS), ...more].join('; ');
  return checkOf('catalog', false, `${told}. Nothing was repaired. ${REMEDY}`);
}

const REMEDY =
  'Restore catalog.sqlite from a backup, or make a new library of the same folders with "eidetic index --library OTHER FOLDER..."; pictures and uploads are untouched.';

/** Checks that tell by their names which space they are about, where there are several. */
async function checkIndex(
  { catalog, spaces, createExact }: DoctorParts,
  { space, openIndex }: IndexedSpace,
  shouldRepair: boolean,
  isDamaged: boolean,
): Promise<Check[]> {
  const ofSpace = spaces.length === 1 ? '' : ` of "${space.id}"`;
  const recallParts = { descriptors: catalog.descriptors, space, createExact };
  let index: SpaceIndex | null = null;
  const file = await attempt(
    'index file',
    async () => {
      index = await openIndex();
      await index.catchUp();
      return checkIndexFile(index, shouldRepair);
    },
    isDamaged,
  );
  const recall = await attempt(
    'recall',
    async () =>
      index === null
        ? checkOf('recall', false, 'It could not be measured without an index.')
        : checkRecall(recallParts, index, shouldRepair),
    isDamaged,
  );
  return [file, recall].map((check) => ({ ...check, name: check.name + ofSpace }));
}
