import type { CopyWish } from '../copies/choose-copies.ts';
import type { PictureCatalog } from '../domain/picture-catalog.ts';
import { sourceOf } from '../domain/space.ts';
import type { IndexEntry, VectorIndex } from '../domain/vector-index.ts';
import { AskedFiles } from '../duplicates/asked-files.ts';
import {
  type DuplicateProgress,
  type DuplicateReport,
  findDuplicates,
} from '../duplicates/find-duplicates.ts';
import type { PairLimits } from '../duplicates/pair-limits.ts';
import { type ReportQuestion, WHOLE_LIBRARY } from '../duplicates/report-question.ts';
import { createExactIndex } from '../vector-index/exact-index.ts';
import { yieldingIndex } from '../vector-index/yielding-index.ts';
import type { Library } from './library.ts';
import { libraryCopyJudge } from './library-copies.ts';
import { decisionsForReport } from './library-decisions.ts';
import { pixelParts } from './library-pixels.ts';
import type { LibrarySpace } from './library-spaces.ts';

/** Up to this many pictures are compared pair by pair, each twice: exact, and done in seconds. */
const EXACT_UP_TO = 3_000;

/**
 * The same for who names no similarity, and waits for seconds less gladly. An index misses next to nothing of what is
 * so near as equal pixels are, and either of two finds the other.
 */
const EXACT_UP_TO_FOR_EQUAL = 1_000;

/** What is to be found beside what is equal, and among which files. */
export interface DuplicateWish {
  /** Without one it is about the whole library. */
  readonly question?: ReportQuestion;
  /** -1 to 1; null: nothing else. Of copies the least similarity of pairs that are looked at. */
  readonly minSimilarity: number | null;
  /** Only copies are wanted of what is so similar, told by looking at both: how certain ones; null: all that is similar. */
  readonly copies: CopyWish | null;
  /** Whether also that is told of which somebody decided to keep it. */
  readonly showsDecided?: boolean;
}

/** Finds the duplicates of a library, looking for what is near in a space; see findDuplicates. */
export async function findLibraryDuplicates(
  library: Library,
  searched: LibrarySpace,
  { question = WHOLE_LIBRARY, minSimilarity, copies, showsDecided = false }: DuplicateWish,
  onProgress: (progress: DuplicateProgress) => void,
  signal: AbortSignal,
  limits?: PairLimits,
): Promise<DuplicateReport> {
  const { catalog, state } = library;
  const { space } = searched;
  const { files, pictures, descriptors } = catalog;
  return state.runStoppable(signal, async (stop) => {
    const exactUpTo = minSimilarity === null ? EXACT_UP_TO_FOR_EQUAL : EXACT_UP_TO;
    const index = yieldingIndex(await indexFor(library, searched, new AskedFiles(question), exactUpTo));
    const judge = copies === null ? undefined : libraryCopyJudge(library, copies);
    const decisions = await decisionsForReport(catalog);
    const parts = { ...pixelParts(library), files, pictures, descriptors, index, space };
    const asked = { ...parts, question, limits, judge, decisions, showsDecided };
    try {
      return await findDuplicates(asked, minSimilarity, onProgress, stop);
    } finally {
      await judge?.flush(); // also when it is stopped: what was looked at need not be looked at again
    }
  });
}

/**
 * What compares with every picture that is asked about, when they are few; else the index of the whole library.
 * @param exactUpTo the most pictures for which it compares with every one
 */
async function indexFor(
  { catalog }: Library,
  { index, space }: LibrarySpace,
  asked: AskedFiles,
  exactUpTo: number,
): Promise<VectorIndex> {
  const { pictures, descriptors } = catalog;
  const source = sourceOf(space);
  const count = asked.areAll
    ? (await descriptors.count(source)).count
    : (await pictures.matching(asked.filter, exactUpTo + 1)).length;
  if (count > exactUpTo) {
    return (await index.current()).index;
  }
  const exact = createExactIndex(space.dimensions);
  for await (const { upserted } of descriptors.changes(source, null)) {
    await exact.upsert(asked.areAll ? upserted : await entriesAskedAbout(pictures, asked, upserted));
  }
  return exact;
}

async function entriesAskedAbout(
  pictures: Pick<PictureCatalog, 'pictureIdsOfParts'>,
  { filter }: AskedFiles,
  entries: readonly IndexEntry[],
): Promise<IndexEntry[]> {
  const found = await pictures.pictureIdsOfParts(
    entries.map(({ id }) => id),
    filter,
  );
  const parts = new Set(found.map(({ part }) => part));
  return entries.filter(({ id }) => parts.has(id));
}
