import { standingDecisions } from '../curation/standing-decisions.ts';
import type { DecidedPicture, Decision } from '../domain/decision.ts';
import type { PictureId } from '../domain/picture.ts';
import type { Library } from './library.ts';
import { allDecisions, picturesOf } from './library-decisions.ts';

/** A decision with what the library has of its pictures. */
export interface DescribedDecision extends Omit<Decision, 'pictures'> {
  /** Whether it stands: no later one was about the same set. */
  readonly stands: boolean;
  readonly pictures: ReadonlyArray<
    DecidedPicture & {
      /** Of its bytes, else of its image data; null when the library has none. */
      readonly id: PictureId | null;
      /** Where these lie, ascending. */
      readonly paths: readonly string[];
    }
  >;
}

/** Every decision of a library, the newest first, one after the other. */
export async function* describeDecisions(catalog: Library['catalog']): AsyncGenerator<DescribedDecision> {
  const stands = await isStanding(catalog);
  for (const decision of (await allDecisions(catalog)).reverse()) {
    yield describeDecision(catalog, decision, stands(decision));
  }
}

/** Tells of decisions whether they stand: see DescribedDecision. */
export async function isStanding(
  catalog: Pick<Library['catalog'], 'decisions'>,
): Promise<(decision: Pick<Decision, 'id'>) => boolean> {
  const standing = new Set(standingDecisions(await allDecisions(catalog)).map(({ id }) => id));
  return ({ id }) => standing.has(id);
}

/** @param stands see DescribedDecision */
export async function describeDecision(
  catalog: Library['catalog'],
  decision: Decision,
  stands: boolean,
): Promise<DescribedDecision> {
  const pictures = await Promise.all(
    decision.pictures.map(async (picture) => {
      const ids = await picturesOf(catalog, picture);
      const found = await catalog.pictures.pictures(ids);
      const exact = found.find(({ contentHash }) => contentHash === picture.contentHash);
      const shown = exact ?? found[0];
      return { ...picture, id: shown?.id ?? null, paths: shown?.files.map(({ path }) => path) ?? [] };
    }),
  );
  return { ...decision, stands, pictures };
}
