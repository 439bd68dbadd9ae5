import type { Catalog, CatalogPicture } from '../domain/catalog.ts';
import { type Embedding, similarity } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import type { PictureFilter } from '../domain/filter.ts';
import type { PictureId } from '../domain/picture.ts';
import type { Neighbor, VectorIndex } from '../domain/vector-index.ts';

/** A search result. */
export interface Hit {
  readonly picture: CatalogPicture;
  /** Cosine similarity to the query, -1 to 1. */
  readonly similarity: number;
}

export interface SearchOptions {
  /** Most hits to answer with, 1 or more. */
  readonly limit: number;
  /** Least similarity of a hit, -1 to 1. */
  readonly minSimilarity: number;
  readonly filter: PictureFilter;
}

export interface SearchParts {
  readonly catalog: Catalog;
  readonly index: VectorIndex;
  readonly modelKey: string;
}

/** Up to this many candidates every one is compared: exact, and as quick as a walk through the graph. */
const EXACT_UP_TO = 2_000;

/** Embeddings read at a time when every candidate is compared. */
const EXACT_CHUNK = 500;

/**
 * The pictures most similar to a query, most similar first, ties by ascending id. A picture of the library that
 * is itself the query is among its own hits.
 * @throws EideticError INVALID_INPUT when an option is out of range or the query has another dimension
 */
export async function searchSimilar(
  parts: SearchParts,
  query: Embedding,
  options: SearchOptions,
): Promise<Hit[]> {
  validate(parts, query, options);
  const isUnfiltered = Object.keys(options.filter).length === 0;
  if (isUnfiltered && (await parts.index.size()) > EXACT_UP_TO) {
    return indexHits(parts, query, options);
  }
  const candidates = await parts.catalog.matching(options.filter, EXACT_UP_TO + 1);
  return candidates.length <= EXACT_UP_TO
    ? exactHits(parts, query, candidates, options)
    : indexHits(parts, query, options);
}

function validate({ index }: SearchParts, query: Embedding, { limit, minSimilarity }: SearchOptions): void {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new EideticError('INVALID_INPUT', `Found limit ${limit}, expected a whole number above 0.`);
  }
  if (!(minSimilarity >= -1 && minSimilarity <= 1)) {
    throw new EideticError('INVALID_INPUT', `Found minimum similarity ${minSimilarity}, expected -1 to 1.`);
  }
  if (query.length !== index.dimensions) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found a query of ${query.length} dimensions when the library's model has ${index.dimensions}.`,
    );
  }
}

async function exactHits(
  { catalog, modelKey }: SearchParts,
  query: Embedding,
  candidates: readonly PictureId[],
  options: SearchOptions,
): Promise<Hit[]> {
  const neighbors: Neighbor[] = [];
  for (let i = 0; i < candidates.length; i += EXACT_CHUNK) {
    for (const entry of await catalog.embeddings(candidates.slice(i, i + EXACT_CHUNK), modelKey)) {
      neighbors.push({ id: entry.id, similarity: similarity(query, entry.embedding) });
    }
  }
  neighbors.sort((a, b) => b.similarity - a.similarity || a.id - b.id);
  return toHits(catalog, neighbors.slice(0, options.limit), options);
}

/** Asks for more and more neighbors until enough of them pass the filter: what is filtered out is not known before. */
async function indexHits(
  { catalog, index }: SearchParts,
  query: Embedding,
  options: SearchOptions,
): Promise<Hit[]> {
  const size = await index.size();
  for (let k = options.limit; ; k *= 4) {
    const neighbors = await index.nearest(query, Math.min(k, size));
    const hits = await toHits(catalog, neighbors, options);
    const last = neighbors.at(-1);
    const isExhausted = k >= size || last === undefined || last.similarity < options.minSimilarity;
    if (hits.length >= options.limit || isExhausted) {
      return hits.slice(0, options.limit);
    }
  }
}

async function toHits(
  catalog: Catalog,
  neighbors: readonly Neighbor[],
  options: SearchOptions,
): Promise<Hit[]> {
  const near = new Map<PictureId, number>();
  for (const neighbor of neighbors) {
    if (neighbor.similarity >= options.minSimilarity) {
      near.set(neighbor.id, neighbor.similarity);
    }
  }
  const pictures = await catalog.pictures([...near.keys()], options.filter);
  return pictures.map((picture) => ({ picture, similarity: near.get(picture.id) ?? -1 }));
}
