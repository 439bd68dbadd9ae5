import { readFile } from 'node:fs/promises';
import type { Embedding } from '../../domain/embedding.ts';
import type { ContentHash, PictureId, PictureRegion } from '../../domain/picture.ts';
import { vectorIn } from '../../domain/space.ts';
import type { SearchedPicture } from '../../engine/known-relations.ts';
import { originalOf } from '../../engine/library-originals.ts';
import type { LibrarySpace } from '../../engine/library-spaces.ts';
import { embedQuery, type Query } from '../../search/query/embed-query.ts';
import type { ApiParts } from '../api-parts.ts';
import { hashOf } from '../body/hash-of.ts';
import type { ReadBytes } from '../body/read-bytes.ts';
import { describeInTurn } from '../describe-in-turn.ts';
import { withFetched } from '../fetch/with-fetched.ts';
import { requireKept } from '../queries/require-kept.ts';
import type { ParsedSearch } from '../schemas/search-schema.ts';
import { requireEmbedding, requirePicture } from './look-up.ts';

/** What a search is about. */
export interface EmbeddedSearch {
  /** A vector of the space that is searched. */
  readonly query: Embedding;
  /** The one picture that it is about; null when it is a vector, or several. */
  readonly picture: SearchedPicture | null;
  /** The pictures of the library that it is made of, wanted or not: none of them is among its hits. */
  readonly without: readonly PictureId[];
}

/** A search by a picture that was sent. @param region only this part of it @throws EideticError IMAGE_*, OVERLOADED */
export async function embedSent(
  parts: ApiParts,
  { space }: LibrarySpace,
  { bytes, contentHash }: ReadBytes,
  region: PictureRegion | undefined,
  signal: AbortSignal,
): Promise<EmbeddedSearch> {
  const described = await describeInTurn(parts, async () => bytes, signal, region);
  const { imageDataHash } = described.facts;
  return { query: vectorIn(space, described), picture: { contentHash, imageDataHash }, without: [] };
}

/** A search as JSON. @throws EideticError INVALID_INPUT, NOT_FOUND, IMAGE_*, OVERLOADED */
export async function embedSearch(
  parts: ApiParts,
  searched: LibrarySpace,
  { id, sha256, url, vector, examples, region }: ParsedSearch,
  signal: AbortSignal,
): Promise<EmbeddedSearch> {
  if (url !== undefined) {
    return withFetched(parts, url, signal, async (bytes) => {
      const contentHash = await hashOf(bytes);
      return embedSent(parts, searched, { bytes, contentHash }, region, signal);
    });
  }
  if (sha256 !== undefined) {
    return embedKept(parts, searched, sha256, region, signal);
  }
  const embed = (query: Query) => embedNamed(parts, searched, query, signal);
  if (vector !== undefined) {
    return { query: await embed({ kind: 'vector', values: vector }), picture: null, without: [] };
  }
  if (examples !== undefined) {
    const without = [...examples.positive, ...examples.negative].filter((one) => typeof one === 'number');
    return { query: await embed({ kind: 'examples', ...examples }), picture: null, without };
  }
  return embedOwn(parts, searched, id ?? 0, region, signal);
}

/** A search by a picture of the library. @param region only this part of it @throws EideticError NOT_FOUND, OVERLOADED */
export async function embedOwn(
  parts: ApiParts,
  searched: LibrarySpace,
  id: PictureId,
  region: PictureRegion | undefined,
  signal: AbortSignal,
): Promise<EmbeddedSearch> {
  const query = await embedNamed(parts, searched, { kind: 'id', id, region }, signal);
  return { query, picture: { id }, without: [id] };
}

async function embedKept(
  parts: ApiParts,
  searched: LibrarySpace,
  contentHash: ContentHash,
  region: PictureRegion | undefined,
  signal: AbortSignal,
): Promise<EmbeddedSearch> {
  const { bytes, described } = requireKept(parts.queries, contentHash);
  const { imageDataHash } = described.facts;
  const query =
    region === undefined
      ? vectorIn(searched.space, described)
      : (await embedSent(parts, searched, { bytes: new Uint8Array(bytes), contentHash }, region, signal))
          .query;
  return { query, picture: { contentHash, imageDataHash }, without: [] };
}

/** See embedQuery. */
function embedNamed(
  parts: ApiParts,
  { space }: LibrarySpace,
  query: Query,
  signal: AbortSignal,
): Promise<Embedding> {
  const { library } = parts;
  return embedQuery(
    {
      space,
      spaces: library.spaces.all.map((one) => one.space),
      embeddingOf: async (picture) =>
        typeof picture === 'number'
          ? requireEmbedding(parts, space, picture)
          : vectorIn(space, requireKept(parts.queries, picture).described),
      readOriginal: async (id) => readFile(await originalOf(library, await requirePicture(parts, id))),
      describe: (read, region) => describeInTurn(parts, read, signal, region),
    },
    query,
  );
}
