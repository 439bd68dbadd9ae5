import { reportDecisions } from '../curation/report-decisions.ts';
import { standingDecisions } from '../curation/standing-decisions.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { DecidedPicture, Decision } from '../domain/decision.ts';
import type { PictureId } from '../domain/picture.ts';
import type { ReportDecisions } from '../duplicates/report-decisions.ts';

/** Decisions read at a time. */
const PAGE = 1_000;

/** Every decision of a library, ascending by id. */
export async function allDecisions({ decisions }: Pick<Catalog, 'decisions'>): Promise<Decision[]> {
  const all: Decision[] = [];
  for (let after = 0; ; ) {
    const page = await decisions.page(PAGE, after);
    all.push(...page);
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) {
      return all;
    }
  }
}

/** What persons decided, for a report of the library as it is now. */
export async function decisionsForReport(catalog: Catalog): Promise<ReportDecisions> {
  const standing = standingDecisions(await allDecisions(catalog));
  const copies: PictureId[][] = [];
  for (const { kind, pictures } of standing) {
    if (kind === 'copy') {
      copies.push([...new Set((await Promise.all(pictures.map((one) => picturesOf(catalog, one)))).flat())]);
    }
  }
  return reportDecisions(standing, copies);
}

/** The pictures of the library that a decision is about by one that it names, ascending; it may have lost their files. */
export async function picturesOf(
  { files, pictures }: Pick<Catalog, 'files' | 'pictures'>,
  { contentHash, imageDataHash }: DecidedPicture,
): Promise<PictureId[]> {
  const exact = await files.findByHash(contentHash, []);
  const equal = imageDataHash === null ? [] : await pictures.withImageData(imageDataHash);
  return [...new Set([...(exact === null ? [] : [exact.id]), ...equal])].sort((a, b) => a - b);
}
