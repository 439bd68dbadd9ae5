import type { Response } from 'express';
import type { ApiParts } from '../api-parts.ts';
import { BodyAllowance } from '../body/read-bytes.ts';
import { fetchPicture } from './fetch-picture.ts';

/**
 * Fetches a picture as far as the server's policy allows. Its bytes count against the budget of bodies until the
 * answer is sent.
 * @throws EideticError what fetchPicture throws, OVERLOADED
 */
export async function fetchForAnswer(
  { bodies, fetchPolicy }: Pick<ApiParts, 'bodies' | 'fetchPolicy'>,
  url: string,
  response: Response,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const allowance = new BodyAllowance(bodies.budget, bodies.maxBytes);
  response.once('close', () => allowance.giveBack());
  return fetchPicture(url, fetchPolicy, signal, (size) => allowance.take(size));
}
