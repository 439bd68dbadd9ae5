import { readFile } from 'node:fs/promises';
import type { DescribedPicture } from '../../domain/descriptor.ts';
import { type Embedding, toEmbedding } from '../../domain/embedding.ts';
import type { PictureId, PictureRegion } from '../../domain/picture.ts';
import type { ApiParts } from '../api-parts.ts';
import { fetchPicture } from '../fetch/fetch-picture.ts';
import { findOriginal } from '../pictures/find-original.ts';
import { requirePicture } from '../pictures/picture-answer.ts';
import { until } from '../request-signal.ts';
import type { ParsedSearch } from '../schemas/search-schema.ts';

/** Decodes and embeds a picture in its turn. @throws EideticError OVERLOADED, IMAGE_* */
export function describeBytes(
  { engine, inference, metrics }: ApiParts,
  bytes: Uint8Array,
  signal: AbortSignal,
  region?: PictureRegion,
): Promise<DescribedPicture> {
  const describe = () => metrics.time('describe', () => engine.describe(bytes, region));
  return until(inference.run(describe, signal), signal);
}

/** Fetches a picture as far as the server's policy allows. The body budget does not count it; its own limit does. */
export async function fetchBytes(parts: ApiParts, url: string, signal: AbortSignal): Promise<Uint8Array> {
  return fetchPicture(url, parts.fetchPolicy, signal);
}

/** The vector that a search is about. @throws EideticError INVALID_INPUT, NOT_FOUND and what the above throw */
export async function embedQuery(
  parts: ApiParts,
  search: ParsedSearch,
  signal: AbortSignal,
): Promise<Embedding> {
  const { engine } = parts;
  const { id, url, vector, examples, region } = search;
  if (vector !== undefined) {
    return toEmbedding(vector);
  }
  if (examples !== undefined) {
    return combineExamples(parts, examples);
  }
  if (url !== undefined) {
    const described = await describeBytes(parts, await fetchBytes(parts, url, signal), signal, region);
    return described.descriptor.cls;
  }
  if (region === undefined) {
    return engine.embeddingOf(id as PictureId);
  }
  const picture = await requirePicture(engine, id as PictureId);
  const bytes = await readFile(await findOriginal(engine, picture));
  return (await describeBytes(parts, bytes, signal, region)).descriptor.cls;
}

/**
 * The mean of the positive examples, pushed away from the mean of the negative ones by as much as they differ:
 * 2 positive - negative (Qdrant's "average vector" strategy).
 */
async function combineExamples(
  { engine }: ApiParts,
  { positive, negative }: { readonly positive: readonly number[]; readonly negative: readonly number[] },
): Promise<Embedding> {
  const [likes, dislikes] = await Promise.all(
    [positive, negative].map((ids) => Promise.all(ids.map((id) => engine.embeddingOf(id)))),
  );
  const wanted = mean(likes ?? []);
  const unwanted = mean(dislikes ?? []);
  return toEmbedding(
    unwanted.length === 0 ? wanted : wanted.map((value, i) => 2 * value - (unwanted[i] as number)),
  );
}

/** Empty for no vectors. */
function mean(vectors: readonly Embedding[]): number[] {
  const sum = new Array<number>(vectors[0]?.length ?? 0).fill(0);
  for (const vector of vectors) {
    vector.forEach((value, i) => {
      sum[i] = (sum[i] as number) + value / vectors.length;
    });
  }
  return sum;
}
