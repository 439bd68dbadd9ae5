import type { PictureId } from '../domain/picture.ts';
import type { PictureCatalog } from '../domain/picture-catalog.ts';

/** A file that holds what another one held, and was just read and found sound. */
export interface GoodCopy {
  readonly path: string;
  /** What its picture is to that of the other. */
  readonly relation: 'identical' | 'same-image-data' | 'same-pixels' | 'copy';
}

/** What there is beside a file that is not sound. */
export interface CopiesBeside {
  /** The nearest first; some, not all. */
  readonly good: readonly GoodCopy[];
  /** Other files that were looked at, and are away or not sound either. */
  readonly inVain: number;
}

export interface CopyParts {
  readonly pictures: Pick<PictureCatalog, 'pictures' | 'withImageData' | 'samePixelGroups'>;
  /** Pictures that are known to be copies of one, or it of them. */
  readonly copiesOf: (picture: PictureId) => Promise<readonly PictureId[]>;
  /** Whether a file has the bytes of its picture. */
  readonly isSound: (path: string) => Promise<boolean>;
}

/** So many are named. */
const MOST_NAMED = 3;

/** Files that are looked at for the sake of one, since a picture can have thousands. */
const MOST_LOOKED_AT = 20;

/** Looks for other files of what a file held: with its bytes, then its image data, its pixels, then copies. */
export class GoodCopies {
  readonly #parts: CopyParts;
  /** By picture; read when it is first asked for. */
  #samePixels: Promise<ReadonlyMap<PictureId, readonly PictureId[]>> | null = null;

  constructor(parts: CopyParts) {
    this.#parts = parts;
  }

  /** @param path of the file that is not sound @param picture that it held */
  async beside(path: string, picture: PictureId): Promise<CopiesBeside> {
    const good: GoodCopy[] = [];
    let lookedAt = 0;
    for await (const other of this.#others(path, picture)) {
      if (good.length === MOST_NAMED || lookedAt === MOST_LOOKED_AT) {
        break;
      }
      lookedAt++;
      if (await this.#parts.isSound(other.path)) {
        good.push(other);
      }
    }
    return { good, inVain: lookedAt - good.length };
  }

  async *#others(path: string, picture: PictureId): AsyncGenerator<GoodCopy> {
    const told = new Set<PictureId>();
    for await (const { relation, ids } of this.#related(picture)) {
      const fresh = ids.filter((id) => !told.has(id));
      for (const { id, files } of await this.#parts.pictures.pictures(fresh, {}, MOST_LOOKED_AT + 1)) {
        told.add(id);
        yield* files.filter((file) => file.path !== path).map((file) => ({ path: file.path, relation }));
      }
    }
  }

  async *#related(
    picture: PictureId,
  ): AsyncGenerator<{ readonly relation: GoodCopy['relation']; readonly ids: readonly PictureId[] }> {
    const { pictures, copiesOf } = this.#parts;
    yield { relation: 'identical', ids: [picture] };
    const [facts] = await pictures.pictures([picture], {}, 1);
    if (facts?.imageDataHash) {
      yield { relation: 'same-image-data', ids: await pictures.withImageData(facts.imageDataHash) };
    }
    this.#samePixels ??= this.#readSamePixels();
    yield { relation: 'same-pixels', ids: (await this.#samePixels).get(picture) ?? [] };
    yield { relation: 'copy', ids: await copiesOf(picture) };
  }

  async #readSamePixels(): Promise<ReadonlyMap<PictureId, readonly PictureId[]>> {
    const groups = await this.#parts.pictures.samePixelGroups();
    return new Map(groups.flatMap((group) => group.map((id) => [id, group] as const)));
  }
}
