import type { DescribedPicture } from '../../domain/descriptor.ts';
import { type Embedding, toEmbedding } from '../../domain/embedding.ts';
import { EideticError } from '../../domain/errors.ts';
import type { ContentHash, PictureId, PictureRegion } from '../../domain/picture.ts';
import { type Space, vectorIn } from '../../domain/space.ts';
import { combineExamples } from './combine-examples.ts';

/** A picture of the library, or one that was sent to be searched for, by the SHA-256 of its bytes. */
export type Example = PictureId | ContentHash;

/** What a search is about: exactly one of these. */
export type Query =
  | { readonly kind: 'id'; readonly id: PictureId; readonly region?: PictureRegion | undefined }
  | { readonly kind: 'vector'; readonly values: readonly number[] }
  | {
      readonly kind: 'examples';
      readonly positive: readonly Example[];
      readonly negative: readonly Example[];
    };

export interface QueryParts {
  readonly space: Space;
  /** All of the library, to tell of which one a vector is that does not fit. */
  readonly spaces: readonly Space[];
  /** The vector of a picture that is known. @throws EideticError NOT_FOUND */
  readonly embeddingOf: (picture: Example) => Promise<Embedding>;
  /** Reads a file of a picture of the library. @throws EideticError NOT_FOUND */
  readonly readOriginal: (id: PictureId) => Promise<Uint8Array>;
  /** Describes a picture whose bytes are asked for when it is its turn. */
  readonly describe: (
    read: () => Promise<Uint8Array>,
    region?: PictureRegion | undefined,
  ) => Promise<DescribedPicture>;
}

/**
 * The vector that a search is about.
 * @throws EideticError INVALID_INPUT for a vector of another dimension; NOT_FOUND; what describing throws
 */
export async function embedQuery(parts: QueryParts, query: Query): Promise<Embedding> {
  switch (query.kind) {
    case 'vector':
      requireDimensions(query.values, parts);
      return toEmbedding(query.values);
    case 'examples': {
      const vectorsOf = (examples: readonly Example[]) => Promise.all(examples.map(parts.embeddingOf));
      return combineExamples(await vectorsOf(query.positive), await vectorsOf(query.negative));
    }
    case 'id':
      return query.region === undefined
        ? parts.embeddingOf(query.id)
        : vectorIn(parts.space, await parts.describe(() => parts.readOriginal(query.id), query.region));
  }
}

function requireDimensions(
  { length }: readonly number[],
  { space, spaces }: Pick<QueryParts, 'space' | 'spaces'>,
): void {
  if (length !== space.dimensions) {
    const other = spaces.find(({ dimensions }) => dimensions === length);
    const fit = other === undefined ? '' : `, which fit the space "${other.id}"`;
    const remedy = other === undefined ? '' : `; name that space, or send a vector of this one`;
    throw new EideticError(
      'INVALID_INPUT',
      `Found a vector of ${length} numbers${fit}, expected ${space.dimensions} of "${space.id}"${remedy}.`,
    );
  }
}
