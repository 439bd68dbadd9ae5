import { COPY_RULE_VERSION } from '../copies/judge-pair.ts';
import type { ContentHash, PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { Library } from './library.ts';
import type { MatchRelation } from './picture-match.ts';

/** The picture that a search is about: one of the library, or one that was sent, by what its bytes told. */
export type SearchedPicture =
  | { readonly id: PictureId }
  | {
      readonly contentHash: ContentHash;
      /** See PictureFacts. */
      readonly imageDataHash: string | null;
    };

type Catalog = Pick<Library['catalog'], 'files' | 'pictures' | 'relations'>;

/** What laying two pictures over each other may have told that is worth a word. */
const JUDGED = ['copy', 'burst', 'unsure'] as const;

/**
 * What is known already of the picture that was searched for and each hit: by hashes, and, when it is one of the library, by
 * what was found when its pixels were looked at. Nobody looks at anything here, so that a hit which is not named may be a copy
 * all the same.
 */
export async function knownRelations(
  { catalog }: { readonly catalog: Catalog },
  searched: SearchedPicture,
  hits: readonly CatalogPicture[],
): Promise<ReadonlyMap<PictureId, MatchRelation>> {
  if ('id' in searched) {
    return relationsOf(catalog, searched.id, hits);
  }
  const own = await catalog.files.findByHash(searched.contentHash, []);
  return own === null ? new Map(equalByHash(searched, hits)) : relationsOf(catalog, own.id, hits);
}

async function relationsOf(
  { pictures, relations }: Catalog,
  id: PictureId,
  hits: readonly CatalogPicture[],
): Promise<ReadonlyMap<PictureId, MatchRelation>> {
  const others = hits.map((hit) => hit.id);
  const [[picture], judged, pixels] = await Promise.all([
    pictures.pictures([id], {}, 1),
    relations.among(id, others),
    pictures.knownPixels([id, ...others]),
  ]);
  const mine = pixels.find((known) => known.picture === id)?.pixelHash ?? null;
  const equal = pixels.filter(({ pixelHash }) => pixelHash !== null && pixelHash === mine);
  // The later ones are the more certain.
  return new Map<PictureId, MatchRelation>([
    ...judged.flatMap(({ a, b, kind, ruleVersion }) => {
      const other = a === id ? b : a;
      const told = ruleVersion === COPY_RULE_VERSION ? JUDGED.find((one) => one === kind) : undefined;
      return told === undefined ? [] : [[other, told] as const];
    }),
    ...equal.map((known) => [known.picture, 'same-pixels'] as const),
    ...(picture === undefined ? [] : equalByHash(picture, hits)),
  ]);
}

function equalByHash(
  { contentHash, imageDataHash }: Pick<CatalogPicture, 'contentHash' | 'imageDataHash'>,
  hits: readonly CatalogPicture[],
): Array<readonly [PictureId, MatchRelation]> {
  const hasSameData = (hit: CatalogPicture) => imageDataHash !== null && hit.imageDataHash === imageDataHash;
  return [
    ...hits.filter(hasSameData).map(({ id }) => [id, 'same-image-data'] as const),
    ...hits.filter((hit) => hit.contentHash === contentHash).map(({ id }) => [id, 'identical'] as const),
  ];
}
