import { readFile } from 'node:fs/promises';
import { type Embedding, toEmbedding } from '../../domain/embedding.ts';
import type { PictureId } from '../../domain/picture.ts';
import type { ApiParts } from '../api-parts.ts';
import { findOriginal } from '../pictures/find-original.ts';
import { requireEmbedding, requirePicture } from '../pictures/look-up.ts';
import type { ParsedSearch } from '../schemas/search-schema.ts';
import { describeInTurn } from './describe-in-turn.ts';
import { withFetched } from './with-fetched.ts';

/** The vector that a search is about. @throws EideticError INVALID_INPUT, NOT_FOUND and what the above throw */
export async function embedQuery(
  parts: ApiParts,
  search: ParsedSearch,
  signal: AbortSignal,
): Promise<Embedding> {
  const { id, url, vector, examples, region } = search;
  if (vector !== undefined) {
    return toEmbedding(vector);
  }
  if (examples !== undefined) {
    return combineExamples(parts, examples);
  }
  if (url !== undefined) {
    const describe = (bytes: Uint8Array) => describeInTurn(parts, async () => bytes, signal, region);
    return (await withFetched(parts, url, signal, describe)).descriptor.cls;
  }
  if (region === undefined) {
    return requireEmbedding(parts, id as PictureId);
  }
  const original = await findOriginal(parts.engine, await requirePicture(parts, id as PictureId));
  return (await describeInTurn(parts, () => readFile(original), signal, region)).descriptor.cls;
}

/**
 * The mean of the positive examples, pushed away from the mean of the negative ones by as much as they differ:
 * 2 positive - negative (Qdrant's "average vector" strategy).
 */
async function combineExamples(
  parts: ApiParts,
  { positive, negative }: { readonly positive: readonly number[]; readonly negative: readonly number[] },
): Promise<Embedding> {
  const [likes, dislikes] = await Promise.all(
    [positive, negative].map((ids) => Promise.all(ids.map((id) => requireEmbedding(parts, id)))),
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
