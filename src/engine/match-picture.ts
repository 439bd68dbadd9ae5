import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { VectorIndex } from '../domain/vector-index.ts';
import type { AskedPicture } from './asked-picture.ts';
import { type LayOverOptions, layOverNear, picturesNear } from './lay-over-near.ts';
import type { Library } from './library.ts';
import {
  type MatchRelation,
  MOST_LOOKED_AT,
  type PictureMatch,
  type PictureMatches,
  summarizeMatches,
} from './picture-match.ts';

export interface MatchOptions extends LayOverOptions {
  /** See PictureCatalog.pictures. */
  readonly mostFiles?: number;
}

/**
 * Whether a picture is a copy of one in a library: by its bytes, by its image data, then by laying it over the pictures
 * that are nearest in the space for copies, and more where copies are among them. What is less similar than
 * LEAST_OF_COPIES is not looked at. What was found of the library's own pictures is kept, and not looked at again.
 * @param index of the library's space for copies
 * @throws EideticError what asked.describe throws; CATALOG_CLOSED; the signal's reason
 */
export async function matchPicture(
  library: Library,
  index: VectorIndex,
  asked: AskedPicture,
  options: MatchOptions,
  signal: AbortSignal,
): Promise<PictureMatches> {
  return library.state.runStoppable(signal, async (stop) => {
    const { pictures, files } = library.catalog;
    const read = async (ids: readonly PictureId[]) =>
      (await pictures.pictures(ids.slice(0, MOST_LOOKED_AT), {}, options.mostFiles)).filter(
        (picture) => !asked.isItself(picture),
      );
    const identical = await files.findByHash(asked.contentHash, []);
    const byBytes = await read(identical === null ? [] : [identical.id]);
    if (options.stopsAtCopy && byBytes.length > 0) {
      return summarizeMatches(byBytes.map(certainMatch('identical')), NOT_LOOKED);
    }
    const description = await asked.describe();
    const { imageDataHash } = description.facts;
    const sameData = imageDataHash === null ? [] : await pictures.withImageData(imageDataHash);
    const byData = await read(sameData.filter((id) => id !== identical?.id));
    const certain = [
      ...byBytes.map(certainMatch('identical')),
      ...byData.map(certainMatch('same-image-data')),
    ];
    if (options.stopsAtCopy && certain.length > 0) {
      return summarizeMatches(certain, NOT_LOOKED);
    }
    const known = new Set(certain.map(({ picture }) => picture.id));
    const others = picturesNear(library, index, description.embedding, {
      mostFiles: options.mostFiles,
      knownOf: asked.ofLibrary?.id,
    });
    const wanted = leaving(others, ({ picture }) => known.has(picture.id) || asked.isItself(picture));
    const looked = await layOverNear(library, asked, description, wanted, options, stop);
    const isCut = looked.isCut || sameData.length > MOST_LOOKED_AT;
    return summarizeMatches([...certain, ...looked.found], { ...looked, isCut });
  });
}

/** What looking came to where hashes were enough. */
const NOT_LOOKED = { lookedAt: 0, unknown: 0, isCut: true, looked: [] };

function certainMatch(relation: MatchRelation): (picture: CatalogPicture) => PictureMatch {
  return (picture) => ({
    ...{ picture, relation, similarity: null },
    ...{ score: null, evidence: null, placement: null, scored: null },
  });
}

async function* leaving<Item>(
  items: AsyncIterable<Item>,
  isLeftOut: (item: Item) => boolean,
): AsyncGenerator<Item> {
  for await (const item of items) {
    if (!isLeftOut(item)) {
      yield item;
    }
  }
}
