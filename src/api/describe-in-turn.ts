import type { DescribedPicture } from '../domain/descriptor.ts';
import type { PictureRegion } from '../domain/picture.ts';
import type { ApiParts } from './api-parts.ts';
import { until } from './request-signal.ts';

/**
 * Decodes and embeds a picture in its turn.
 * @param read its bytes, asked for when it is its turn: of files that wait, none is in memory
 * @throws EideticError OVERLOADED, IMAGE_*, MODEL_MISMATCH, MODEL_UNAVAILABLE
 */
export function describeInTurn(
  { library, inference, metrics }: ApiParts,
  read: () => Promise<Uint8Array>,
  signal: AbortSignal,
  region?: PictureRegion,
): Promise<DescribedPicture> {
  const describe = () =>
    metrics.time('describe', async () => library.embedder().describe(await read(), region));
  return until(inference.run(describe, signal), signal);
}
