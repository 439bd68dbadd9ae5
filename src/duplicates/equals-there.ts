import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureFile } from '../domain/picture-catalog.ts';
import type { AskedFiles } from './asked-files.ts';
import type { DuplicatePair, DuplicateReport } from './find-duplicates.ts';
import { type PathLooks, thereAt } from './path-look.ts';

/** What a report is weighed by. */
export interface Sight {
  readonly looks: PathLooks;
  readonly asked: AskedFiles;
}

/** Whether pictures so related have the same pixels. */
export function isEqualRelation(relation: DuplicatePair['relation']): boolean {
  return relation === 'same-image-data' || relation === 'same-pixels';
}

/** Which pictures of a report are equal, and a picture of each set of equals that is there. */
export class EqualsThere {
  readonly #first = new Map<PictureId, PictureId>();
  readonly #standIn = new Map<PictureId, CatalogPicture>();
  readonly #members = new Map<PictureId, CatalogPicture[]>();

  constructor({ groups, pairs, ungrouped }: DuplicateReport, sight: Sight) {
    for (const { a, b, relation } of pairs) {
      if (isEqualRelation(relation)) {
        this.#first.set(b, a);
      }
    }
    for (const picture of [...groups.flatMap(({ pictures }) => pictures), ...ungrouped]) {
      const members = this.#members.get(this.#firstOf(picture.id)) ?? [];
      this.#members.set(this.#firstOf(picture.id), members);
      if (picture.files.some(({ path }) => thereAt(sight.looks, path) !== null)) {
        members.push(thereFirst(picture, sight));
      }
    }
    for (const members of this.#members.values()) {
      members.sort((a, b) => rankOf(a, sight) - rankOf(b, sight) || a.id - b.id);
    }
    for (const [first, [standIn]] of this.#members) {
      if (standIn !== undefined) {
        this.#standIn.set(first, standIn);
      }
    }
  }

  /**
   * The equals of a picture that are there, itself among them; the one that stands for all first, then by ascending id;
   * each with the files first that are there.
   */
  of(id: PictureId): readonly CatalogPicture[] {
    return this.#members.get(this.#firstOf(id)) ?? [];
  }

  /** Every picture that is there. */
  all(): Map<PictureId, CatalogPicture> {
    return new Map([...this.#members.values()].flat().map((picture) => [picture.id, picture]));
  }

  /** The one of them that stands for all. */
  standInOf(id: PictureId): CatalogPicture | undefined {
    return this.#standIn.get(this.#firstOf(id));
  }

  #firstOf(id: PictureId): PictureId {
    return this.#first.get(id) ?? id;
  }
}

/**
 * In which order files come: what is to be kept, then what is a person's own, so that none is a copy of what the library
 * keeps itself.
 */
const RANKS = { reference: 0, own: 1, upload: 2, changed: 3, away: 4 };

function rankOfPath(path: string, { looks, asked }: Sight): number {
  const look = looks.get(path);
  if (look?.kind !== 'there') {
    return RANKS[look?.kind ?? 'away'];
  }
  const isKept = asked.isReference(path) && !look.isLink;
  return RANKS[isKept ? 'reference' : look.isUpload ? 'upload' : 'own'];
}

/** A picture with the files first that are there, then those that have changed. */
export function thereFirst(picture: CatalogPicture, sight: Sight): CatalogPicture {
  const rank = ({ path }: PictureFile) => rankOfPath(path, sight);
  return { ...picture, files: picture.files.toSorted((a, b) => rank(a) - rank(b)) };
}

/** @param picture with its files in their order */
export function rankOf({ files }: CatalogPicture, sight: Sight): number {
  return rankOfPath(files[0]?.path ?? '', sight);
}
