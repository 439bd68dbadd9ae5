import { decidedSets } from '../curation/decided-sets.ts';
import { compareDecisions } from '../curation/decision-order.ts';
import { standingDecisions } from '../curation/standing-decisions.ts';
import {
  type DecidedPicture,
  type Decision,
  type DecisionKind,
  leastPictures,
  type NewDecision,
} from '../domain/decision.ts';
import { EideticError } from '../domain/errors.ts';
import type { PictureId } from '../domain/picture.ts';
import type { Library } from './library.ts';
import { allDecisions } from './library-decisions.ts';

/** Of a copy every two of its pictures are a pair in reports. */
const MOST_DECIDED = 1_000;

/** Another may be removing files, or adding some. */
const PATIENCE_MS = 20_000;

/** What a person wants to be remembered. */
export interface DecisionWish {
  readonly kind: DecisionKind;
  /** Of one set or several, all decided at once; each 1 to MOST_DECIDED ids, none twice in a set. */
  readonly sets: ReadonlyArray<readonly PictureId[]>;
  readonly decidedBy: string;
  readonly note: string | null;
}

/**
 * Records what a person decided of pictures of a library. It comes after all that was said of them before, whatever clocks
 * say. What takes nothing back is left out.
 * @throws EideticError NOT_FOUND for a picture that is not there, and when nothing is there to be taken back; INVALID_INPUT for
 *   fewer or more pictures than can be decided about; READ_ONLY, CATALOG_BUSY
 */
export async function decidePictures(
  { catalog, lock }: Pick<Library, 'catalog' | 'lock'>,
  { kind, sets, decidedBy, note }: DecisionWish,
): Promise<Decision[]> {
  const pictures = await Promise.all(sets.map((set) => decidedPictures(catalog, kind, set)));
  const held = await lock.acquire('upload', PATIENCE_MS);
  try {
    const known = await allDecisions(catalog);
    const decidedAt = momentAfter(known);
    const wanted = pictures.map((set): NewDecision => ({ kind, pictures: set, decidedBy, decidedAt, note }));
    const telling = kind === 'undecided' ? thatTakeBack(wanted, known) : wanted;
    if (telling.length === 0) {
      throw new EideticError(
        'NOT_FOUND',
        'Nothing was decided of exactly these pictures, so that nothing can be taken back; "eidetic decisions" lists what was.',
      );
    }
    return await catalog.decisions.recordAll(telling);
  } finally {
    await held.release();
  }
}

async function decidedPictures(
  { pictures }: Library['catalog'],
  kind: DecisionKind,
  ids: readonly PictureId[],
): Promise<DecidedPicture[]> {
  const least = leastPictures(kind);
  if (ids.length < least || ids.length > MOST_DECIDED) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${ids.length === 1 ? 'one picture' : `${ids.length} pictures`} to decide about, expected ${least} to ${MOST_DECIDED} different ones${ids.length < least ? ': files of the same bytes are one picture, which can be decided to keep' : ''}.`,
    );
  }
  const found = await pictures.pictures(ids, {}, 1);
  const missing = ids.find((id) => !found.some((picture) => picture.id === id));
  if (missing !== undefined) {
    throw new EideticError(
      'NOT_FOUND',
      `The library has no picture ${missing}; take an id that a search or a duplicate report shows.`,
    );
  }
  return found.map(({ contentHash, imageDataHash }) => ({ contentHash, imageDataHash }));
}

/** Now, or just after what was decided on a clock that is ahead. */
function momentAfter(known: readonly NewDecision[]): string {
  const last = known.toSorted(compareDecisions).at(-1);
  const after = last === undefined ? 0 : Date.parse(last.decidedAt) + 1;
  return new Date(Math.max(Date.now(), after)).toISOString();
}

function thatTakeBack(wanted: readonly NewDecision[], known: readonly NewDecision[]): NewDecision[] {
  const setOf = decidedSets([...known, ...wanted]);
  const standing = new Set(standingDecisions(known).map(setOf));
  return wanted.filter((decision) => standing.has(setOf(decision)));
}
