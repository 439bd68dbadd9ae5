import type { PictureFilter } from '../domain/filter.ts';
import type { PictureCatalog } from '../domain/picture-catalog.ts';
import { AskedFiles } from './asked-files.ts';
import { matchingPages } from './matching-pages.ts';
import type { Place, ReportQuestion } from './report-question.ts';

/** How many pictures have files in the places of a question, in their order. */
export interface AskedCounts {
  readonly across: readonly number[];
  readonly within: readonly number[];
  readonly reference: readonly number[];
  /** Those of the library that have no file which the question is about. */
  readonly others: number;
}

/** Pictures counted at a time. */
const PAGE = 10_000;

export async function countAsked(catalog: PictureCatalog, question: ReportQuestion): Promise<AskedCounts> {
  const countIn = async (places: readonly Place[]) => {
    const counts: number[] = [];
    for (const { paths } of places) {
      counts.push(await countMatching(catalog, { pathPrefix: paths }));
    }
    return counts;
  };
  const asked = new AskedFiles(question);
  return {
    across: await countIn(question.across),
    within: await countIn(question.within),
    reference: await countIn(question.reference),
    others: asked.areAll
      ? 0
      : (await countMatching(catalog, {})) - (await countMatching(catalog, asked.filter)),
  };
}

async function countMatching(catalog: PictureCatalog, filter: PictureFilter): Promise<number> {
  let count = 0;
  for await (const ids of matchingPages(catalog, filter, PAGE)) {
    count += ids.length;
  }
  return count;
}
