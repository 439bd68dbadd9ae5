import { setImmediate } from 'node:timers/promises';
import { type BestNeighbors, createBestNeighbors } from '../domain/best-neighbors.ts';
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
  /** Ends the search early. */
  readonly signal?: AbortSignal;
}

export interface SearchParts {
  readonly catalog: Catalog;
  readonly index: VectorIndex;
  readonly modelKey: string;
}

/** Up to this many candidates of a filter every one is compared: some 10 ms. */
const EXACT_UP_TO = 2_000;

/** Embeddings compared in one go: a few milliseconds. */
const EXACT_CHUNK = 500;

/** Most neighbors that a filtered search asks the index for: some 10 ms in one go, at 100,000 pictures of 192 dimensions. */
const MOST_NEIGHBORS = 2_000;

/**
 * The pictures most similar to a query, most similar first, ties by ascending id. A picture of the library that
 * is itself the query is among its own hits.
 *
 * Without a filter the index answers. With one, every picture that passes is compared when they are few; else the
 * index is asked for more and more neighbors, and when even many hold too few that pass, which are then far away,
 * all that pass are compared after all.
 * @throws EideticError INVALID_INPUT when an option is out of range or the query has another dimension; the reason
 *   of the options' signal
 */
export async function searchSimilar(
  parts: SearchParts,
  query: Embedding,
  options: SearchOptions,
): Promise<Hit[]> {
  validate(parts, query, options);
  const matching = () => parts.catalog.matching(options.filter, EXACT_UP_TO + 1);
  const candidates = Object.keys(options.filter).length === 0 ? null : await matching();
  const areFew = candidates !== null && candidates.length <= EXACT_UP_TO;
  const hits = areFew ? null : await indexHits(parts, query, options);
  return hits ?? exactHits(parts, query, options, candidates ?? (await matching()));
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

/** Null when the nearest neighbors hold too few that pass: what is left out is not known before. */
async function indexHits(
  { catalog, index }: SearchParts,
  query: Embedding,
  options: SearchOptions,
): Promise<Hit[] | null> {
  const size = await index.size();
  for (let k = options.limit; k === options.limit || k <= MOST_NEIGHBORS; k *= 4) {
    options.signal?.throwIfAborted();
    const neighbors = await index.nearest(query, k);
    const hits = await toHits(catalog, neighbors, options);
    const last = neighbors.at(-1);
    const isExhausted = k >= size || last === undefined || last.similarity < options.minSimilarity;
    if (hits.length >= options.limit || isExhausted) {
      return hits.slice(0, options.limit);
    }
    await setImmediate();
  }
  return null;
}

/** @param candidates the first pictures that pass, ascending by id; the others are looked up from there on */
async function exactHits(
  parts: SearchParts,
  query: Embedding,
  options: SearchOptions,
  candidates: readonly PictureId[],
): Promise<Hit[]> {
  const { limit, filter } = options;
  const best = createBestNeighbors(limit);
  for (let page = candidates; page.length > 0; ) {
    await compareAll(parts, query, options, page, best);
    const last = page.at(-1) ?? 0;
    page = page.length > EXACT_UP_TO ? await parts.catalog.matching(filter, EXACT_UP_TO + 1, last) : [];
  }
  return toHits(parts.catalog, best.sorted(), options);
}

async function compareAll(
  { catalog, modelKey }: SearchParts,
  query: Embedding,
  { signal }: SearchOptions,
  ids: readonly PictureId[],
  best: BestNeighbors,
): Promise<void> {
  for (let i = 0; i < ids.length; i += EXACT_CHUNK) {
    signal?.throwIfAborted();
    for (const entry of await catalog.embeddings(ids.slice(i, i + EXACT_CHUNK), modelKey)) {
      best.offer(entry.id, similarity(query, entry.embedding));
    }
    await setImmediate();
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
