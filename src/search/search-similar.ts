import { setImmediate } from 'node:timers/promises';
import { type BestNeighbors, createBestNeighbors } from '../domain/best-neighbors.ts';
import type { DescriptorStore } from '../domain/descriptor-store.ts';
import { type Embedding, similarity } from '../domain/embedding.ts';
import { EideticError } from '../domain/errors.ts';
import type { PictureFilter } from '../domain/filter.ts';
import { isAtLeast, isMinSimilarity } from '../domain/least-similarity.ts';
import { compareNeighbors, type Ranked } from '../domain/neighbor-order.ts';
import type { PartId, PictureId } from '../domain/picture.ts';
import type { CatalogPicture, PictureCatalog } from '../domain/picture-catalog.ts';
import { type Space, sourceOf } from '../domain/space.ts';
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
  /** Hits to pass over; 0 without it. See DEPTHS for what that costs. */
  readonly offset?: number;
  /** Least similarity of a hit, -1 to 1; see isAtLeast. */
  readonly minSimilarity: number;
  readonly filter: PictureFilter;
  /** Pictures to leave out: those that the query itself was made of. */
  readonly without?: readonly PictureId[];
  /** See PictureCatalog.pictures. */
  readonly mostFiles?: number;
  /** Ends the search early. */
  readonly signal?: AbortSignal;
}

export interface SearchParts {
  readonly pictures: PictureCatalog;
  readonly descriptors: DescriptorStore;
  readonly index: VectorIndex;
  /** The one that the index is of. */
  readonly space: Space;
}

/** Up to this many candidates of a filter every one is compared: some 10 ms. */
const EXACT_UP_TO = 2_000;

/** Embeddings compared in one go: a few milliseconds. */
const EXACT_CHUNK = 500;

/** Most neighbors that a filtered search asks the index for: some 10 ms in one go, at 100,000 pictures of 192 dimensions. */
const MOST_NEIGHBORS = 2_000;

/** Up to here an index that is asked for just so many misses next to nothing. */
const SHALLOW = 51;

/**
 * How many hits are ranked for a page that reaches further. An index that is asked for more finds also what it missed
 * before, so pages that each ask for as many as they need repeat hits and never tell others: of 100,000 pictures one in
 * twenty of the first 4,000, all among those that have little to do with the query. Pages cut from one ranking do not;
 * only where a ranking takes over from the one before, a few are told again. One more than pages have tells whether
 * another follows.
 */
const DEPTHS = [2_001, 10_501];

/**
 * The pictures most similar to a query, most similar first, ties by ascending id. Of several parts of a picture the
 * most similar counts. A picture of the library that is itself the query is among its own hits, unless it is left out.
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
  const matching = () => parts.pictures.matching(options.filter, EXACT_UP_TO + 1);
  const candidates = Object.keys(options.filter).length === 0 ? null : await matching();
  const areFew = candidates !== null && candidates.length <= EXACT_UP_TO;
  const hits = areFew ? null : await indexHits(parts, query, options);
  return hits ?? exactHits(parts, query, options, candidates ?? (await matching()));
}

function validate(
  { index }: SearchParts,
  query: Embedding,
  { limit, offset = 0, minSimilarity }: SearchOptions,
): void {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new EideticError('INVALID_INPUT', `Found limit ${limit}, expected a whole number above 0.`);
  }
  if (!Number.isInteger(offset) || offset < 0) {
    throw new EideticError('INVALID_INPUT', `Found offset ${offset}, expected a whole number, 0 or more.`);
  }
  if (!isMinSimilarity(minSimilarity)) {
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
  { pictures, index }: SearchParts,
  query: Embedding,
  options: SearchOptions,
): Promise<Hit[] | null> {
  const { limit, offset = 0, without = [] } = options;
  const size = await index.size();
  const first = depthOf(offset + limit) + without.length;
  for (let k = first; k === first || k <= MOST_NEIGHBORS; k *= 4) {
    options.signal?.throwIfAborted();
    const neighbors = await index.nearest(query, k);
    const ranking = await rank(pictures, neighbors, options);
    const last = neighbors.at(-1);
    const isExhausted = k >= size || last === undefined || !isAtLeast(last.similarity, options.minSimilarity);
    if (ranking.length >= offset + limit || isExhausted) {
      return ranking.read();
    }
    await setImmediate();
  }
  return null;
}

/** Pictures in the order of a search. */
interface Ranking {
  readonly length: number;
  /** Those that are asked for. */
  read(): Promise<Hit[]>;
}

async function rank(
  pictures: PictureCatalog,
  neighbors: readonly Neighbor[],
  options: SearchOptions,
): Promise<Ranking> {
  const { limit, offset = 0 } = options;
  if (offset === 0 && limit <= SHALLOW) {
    const hits = await hitsOfParts(pictures, neighbors, options); // nearly all are asked for: one question is quicker
    return { length: hits.length, read: async () => hits.slice(0, limit) };
  }
  const ranked = await rankPictures(pictures, neighbors, options);
  const page = ranked.slice(offset, offset + limit);
  return { length: ranked.length, read: () => readRanked(pictures, page, options) };
}

function depthOf(wanted: number): number {
  return wanted <= SHALLOW ? wanted : (DEPTHS.find((depth) => depth >= wanted) ?? wanted);
}

/** @param neighbors most similar first, so that the first part of a picture is its most similar one */
async function hitsOfParts(
  pictures: PictureCatalog,
  neighbors: readonly Neighbor[],
  { filter, mostFiles, minSimilarity, without = [] }: SearchOptions,
): Promise<Hit[]> {
  const near = similarityOfParts(neighbors, minSimilarity);
  const hits = new Map<PictureId, Hit>();
  for (const { part, picture } of await pictures.picturesOfParts([...near.keys()], filter, mostFiles)) {
    if (!hits.has(picture.id) && !without.includes(picture.id)) {
      hits.set(picture.id, { picture, similarity: near.get(part) ?? -1 });
    }
  }
  return [...hits.values()].sort(compareHits);
}

/** The same hits, without reading the pictures. */
async function rankPictures(
  pictures: PictureCatalog,
  neighbors: readonly Neighbor[],
  { filter, minSimilarity, without = [] }: SearchOptions,
): Promise<Ranked[]> {
  const near = similarityOfParts(neighbors, minSimilarity);
  const ranked = new Map<PictureId, Ranked>();
  for (const { part, picture } of await pictures.pictureIdsOfParts([...near.keys()], filter)) {
    if (!ranked.has(picture) && !without.includes(picture)) {
      ranked.set(picture, { id: picture, similarity: near.get(part) ?? -1 });
    }
  }
  return [...ranked.values()].sort(compareNeighbors);
}

function similarityOfParts(neighbors: readonly Neighbor[], minSimilarity: number): Map<PartId, number> {
  const near = neighbors.filter((neighbor) => isAtLeast(neighbor.similarity, minSimilarity));
  return new Map(near.map(({ id, similarity }) => [id, similarity]));
}

async function readRanked(
  pictures: PictureCatalog,
  ranked: readonly Ranked[],
  { filter, mostFiles }: SearchOptions,
): Promise<Hit[]> {
  const similarities = new Map(ranked.map(({ id, similarity }) => [id, similarity]));
  const found = await pictures.pictures([...similarities.keys()], filter, mostFiles);
  return found.map((picture) => ({ picture, similarity: similarities.get(picture.id) ?? -1 }));
}

/** Parts and pictures need not be in the same order, so ties are put in order once more. */
function compareHits(a: Hit, b: Hit): number {
  return compareNeighbors(
    { id: a.picture.id, similarity: a.similarity },
    { id: b.picture.id, similarity: b.similarity },
  );
}

/** @param candidates the first pictures that pass, ascending by id; the others are looked up from there on */
async function exactHits(
  { pictures, descriptors, space }: SearchParts,
  query: Embedding,
  options: SearchOptions,
  candidates: readonly PictureId[],
): Promise<Hit[]> {
  const { limit, offset = 0, minSimilarity, filter } = options;
  const best = createBestNeighbors(offset + limit);
  for (let page = candidates; page.length > 0; ) {
    await compareAll({ descriptors, space }, query, options, page, best);
    const last = page.at(-1) ?? 0;
    page = page.length > EXACT_UP_TO ? await pictures.matching(filter, EXACT_UP_TO + 1, last) : [];
  }
  const near = best.sorted().filter((ranked) => isAtLeast(ranked.similarity, minSimilarity));
  return readRanked(pictures, near.slice(offset), options);
}

/** Offers each picture once, with its most similar part. */
async function compareAll(
  { descriptors, space }: Pick<SearchParts, 'descriptors' | 'space'>,
  query: Embedding,
  { signal, without = [] }: SearchOptions,
  ids: readonly PictureId[],
  best: BestNeighbors,
): Promise<void> {
  for (let i = 0; i < ids.length; i += EXACT_CHUNK) {
    signal?.throwIfAborted();
    const nearest = new Map<PictureId, number>();
    const chunk = ids.slice(i, i + EXACT_CHUNK);
    for (const { picture, embedding } of await descriptors.vectorsOfPictures(sourceOf(space), chunk)) {
      nearest.set(picture, Math.max(similarity(query, embedding), nearest.get(picture) ?? -1));
    }
    for (const [picture, near] of nearest) {
      if (!without.includes(picture)) {
        best.offer(picture, near);
      }
    }
    await setImmediate();
  }
}
