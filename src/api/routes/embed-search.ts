import { readFile } from 'node:fs/promises';
import type { Embedding } from '../../domain/embedding.ts';
import type { PictureId } from '../../domain/picture.ts';
import { vectorIn } from '../../domain/space.ts';
import { originalOf } from '../../engine/library-originals.ts';
import type { LibrarySpace } from '../../engine/library-spaces.ts';
import { embedQuery, type Query } from '../../search/query/embed-query.ts';
import type { ApiParts } from '../api-parts.ts';
import { describeInTurn } from '../describe-in-turn.ts';
import { withFetched } from '../fetch/with-fetched.ts';
import { requireKept } from '../queries/require-kept.ts';
import type { ParsedSearch } from '../schemas/search-schema.ts';
import { requireEmbedding, requirePicture } from './look-up.ts';

/** The vector that a query is about, in the space that is searched; see embedQuery. */
export function embed(
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

/** The pictures of the library that a search is made of, wanted or not: none of them is among its hits. */
export function picturesIn({ id, examples }: ParsedSearch): readonly PictureId[] {
  const named = examples === undefined ? [id] : [...examples.positive, ...examples.negative];
  return named.filter((one) => typeof one === 'number');
}

/** The vector that a search as JSON is about. @throws EideticError INVALID_INPUT, NOT_FOUND, IMAGE_*, OVERLOADED */
export async function embedSearch(
  parts: ApiParts,
  searched: LibrarySpace,
  { id = 0, sha256, url, vector, examples, region }: ParsedSearch,
  signal: AbortSignal,
): Promise<Embedding> {
  if (url !== undefined) {
    return withFetched(parts, url, signal, (bytes) =>
      embed(parts, searched, { kind: 'bytes', bytes, region }, signal),
    );
  }
  if (sha256 !== undefined) {
    const { bytes, described } = requireKept(parts.queries, sha256);
    return region === undefined
      ? vectorIn(searched.space, described)
      : embed(parts, searched, { kind: 'bytes', bytes: new Uint8Array(bytes), region }, signal);
  }
  if (vector !== undefined) {
    return embed(parts, searched, { kind: 'vector', values: vector }, signal);
  }
  return embed(
    parts,
    searched,
    examples ? { kind: 'examples', ...examples } : { kind: 'id', id, region },
    signal,
  );
}
