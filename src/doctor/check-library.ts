import type { Catalog } from '../domain/catalog.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import type { SpaceIndex } from '../search/space-index.ts';
import { checkUploads, type UploadsFolder } from './check-uploads.ts';
import { measureRecall } from './measure-recall.ts';

/** One thing that was looked at. */
export interface Check {
  readonly name: string;
  readonly isSound: boolean;
  /** What was found, one sentence. */
  readonly finding: string;
  /** Whether `--repair` mended it. */
  readonly isRepaired: boolean;
}

export interface DoctorParts {
  readonly catalog: Catalog;
  readonly modelKey: string;
  readonly dimensions: number;
  readonly uploads: UploadsFolder;
  /** Opened on the saved index: says whether that could be used. */
  readonly space: SpaceIndex;
  readonly createExact: (dimensions: number) => VectorIndex;
}

/** Recall@10 that an index must have. */
const MIN_RECALL = 0.99;
const RECALL_K = 10;
const RECALL_QUERIES = 100;

/**
 * Looks at a whole library: the catalog's pages and references, counts that must add up, every embedding, the files
 * of uploads, the saved index, and its recall against exact search.
 * @param shouldRepair whether to rebuild and save what is only a cache, and to remove pictures without files
 */
export async function checkLibrary(parts: DoctorParts, shouldRepair: boolean): Promise<Check[]> {
  return [
    await checkCatalog(parts),
    await checkEmbeddings(parts),
    await checkCounts(parts, shouldRepair),
    {
      name: 'uploads',
      isRepaired: false,
      ...(await checkUploads(parts.catalog, parts.modelKey, parts.uploads)),
    },
    await checkSavedIndex(parts, shouldRepair),
    await checkRecall(parts, shouldRepair),
  ];
}

function check(name: string, isSound: boolean, finding: string, isRepaired = false): Check {
  return { name, isSound, finding, isRepaired };
}

async function checkCatalog({ catalog }: DoctorParts): Promise<Check> {
  const problems = await catalog.integrityProblems();
  return check(
    'catalog',
    problems.length === 0,
    problems.length === 0 ? 'Its pages and references are sound.' : problems.join('; '),
  );
}

async function checkEmbeddings({ catalog, modelKey, dimensions }: DoctorParts): Promise<Check> {
  let count = 0;
  try {
    for await (const { id, embedding } of catalog.embeddingsSince(modelKey, -1)) {
      if (embedding.length !== dimensions) {
        return check(
          'embeddings',
          false,
          `Picture ${id} has ${embedding.length} dimensions, the model ${dimensions}.`,
        );
      }
      count++;
    }
  } catch (error) {
    return check('embeddings', false, (error as Error).message);
  }
  return check('embeddings', true, `All ${count} have ${dimensions} dimensions and length 1.`);
}

async function checkCounts({ catalog, modelKey, space }: DoctorParts, shouldRepair: boolean): Promise<Check> {
  const counts = await catalog.counts();
  const described = counts.described[modelKey] ?? 0;
  const sum = `${counts.files} files hold ${counts.pictures} pictures; ${described} pictures are embedded; ${counts.failures} files failed.`;
  if (described === counts.pictures) {
    return check('counts', true, sum);
  }
  if (described < counts.pictures) {
    return check('counts', false, `${sum} Run "eidetic index" to embed the others.`);
  }
  if (!shouldRepair) {
    return check(
      'counts',
      false,
      `${sum} Pictures without files are left from a run that was stopped; the next index run or --repair removes them.`,
    );
  }
  const orphans = await catalog.pruneOrphans();
  await space.remove(orphans);
  return check('counts', false, `${sum} Removed ${orphans.length} pictures without files.`, true);
}

async function checkSavedIndex({ space }: DoctorParts, shouldRepair: boolean): Promise<Check> {
  const problem = space.rebuiltBecause;
  if (problem === null && !space.needsSaving) {
    return check('index file', true, 'It is intact and level with the catalog.');
  }
  const finding =
    problem ?? 'It is intact but older than the catalog; it is caught up each time it is opened.';
  if (!shouldRepair) {
    return check('index file', problem === null, finding);
  }
  return check(
    'index file',
    problem === null,
    `${finding} Built it again from the catalog.`,
    await rebuild(space),
  );
}

async function checkRecall(parts: DoctorParts, shouldRepair: boolean): Promise<Check> {
  const before = await measure(parts);
  if (before >= MIN_RECALL || !shouldRepair) {
    return check('recall', before >= MIN_RECALL, recallSentence(before));
  }
  await rebuild(parts.space);
  const after = await measure(parts);
  return check(
    'recall',
    false,
    `${recallSentence(before)} After building it again: ${after.toFixed(4)}.`,
    after >= MIN_RECALL,
  );
}

function recallSentence(recall: number): string {
  return `Recall@${RECALL_K} against exact search is ${recall.toFixed(4)}, expected at least ${MIN_RECALL}.`;
}

async function measure({ catalog, modelKey, space, createExact }: DoctorParts): Promise<number> {
  const parts = { catalog, modelKey, index: space.index };
  return (await measureRecall(parts, createExact, RECALL_K, RECALL_QUERIES)).recall;
}

async function rebuild(space: SpaceIndex): Promise<boolean> {
  await space.rebuild();
  await space.save(space.generation);
  return true;
}
