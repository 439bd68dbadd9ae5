import type { DescribedPicture } from '../domain/descriptor.ts';
import type { PictureRegion } from '../domain/picture.ts';
import { until } from '../domain/until.ts';
import type { ApiParts } from './api-parts.ts';

/**
 * Decodes and embeds a picture in its turn: among all until its header is read, then among its like, so that drawings
 * that take a minute hold up nobody's photo.
 * @param read its bytes, asked for when it is its turn: of files that wait, none is in memory
 * @throws EideticError OVERLOADED, IMAGE_*, MODEL_MISMATCH, MODEL_UNAVAILABLE
 */
export async function describeInTurn(
  { library, inference, metrics }: ApiParts,
  read: () => Promise<Uint8Array>,
  signal: AbortSignal,
  region?: PictureRegion,
): Promise<DescribedPicture> {
  const describe = (bytes: Uint8Array) =>
    metrics.time('describe', () => library.embedder().describe(bytes, region, signal));
  const readAndLook = async () => {
    const bytes = await read();
    const cost = library.embedder().costOf(bytes);
    return cost === 'plain' ? describe(bytes) : { bytes, cost };
  };
  const seen = await until(inference.plain.run(readAndLook, signal), signal);
  if (!('cost' in seen)) {
    return seen;
  }
  return until(
    inference[seen.cost].run(() => describe(seen.bytes), signal),
    signal,
  );
}
