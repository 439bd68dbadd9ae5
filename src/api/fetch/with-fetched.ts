import type { ApiParts } from '../api-parts.ts';
import { BodyAllowance } from '../body/read-bytes.ts';
import { fetchPicture } from './fetch-picture.ts';

/**
 * Fetches a picture as far as the server's policy allows. Its bytes count against the budget of bodies until the work
 * with them is done.
 * @throws EideticError what fetchPicture throws, OVERLOADED, and what the work throws
 */
export async function withFetched<Result>(
  { bodies, fetchPolicy }: Pick<ApiParts, 'bodies' | 'fetchPolicy'>,
  url: string,
  signal: AbortSignal,
  work: (bytes: Uint8Array) => Promise<Result>,
): Promise<Result> {
  const allowance = new BodyAllowance(bodies.budget, bodies.maxBytes);
  try {
    return await work(await fetchPicture(url, fetchPolicy, signal, (size) => allowance.take(size)));
  } finally {
    allowance.giveBack();
  }
}
