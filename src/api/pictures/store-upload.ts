import type { PictureId } from '../../domain/picture.ts';
import type { ApiParts } from '../api-parts.ts';
import type { ReadBytes } from '../body/read-bytes.ts';
import { describeInTurn } from '../search/describe-in-turn.ts';

/**
 * Keeps an uploaded picture in the library. When the promise resolves it survives a power cut.
 * @returns the picture's id, and whether anything was written
 * @throws EideticError IMAGE_*, OVERLOADED, CATALOG_BUSY: nothing is kept then
 */
export async function storeUpload(
  parts: ApiParts,
  { bytes, contentHash }: ReadBytes,
  signal: AbortSignal,
): Promise<{ id: PictureId; added: boolean }> {
  const { engine, metrics } = parts;
  const known = await engine.findUpload(contentHash);
  if (known?.isKept) {
    return { id: known.id, added: false };
  }
  const { uploads } = engine;
  // On disk before it is described, which takes the bytes away to another thread.
  const staged = await uploads.stage(bytes);
  try {
    const described = known === null ? await describeInTurn(parts, async () => bytes, signal) : null;
    const format = described?.facts.format ?? known?.format;
    if (format === undefined) {
      throw new Error('a picture is either known or described');
    }
    const id = await metrics.time('upload', () =>
      engine.addUpload({ contentHash, format, staged, described }),
    );
    return { id, added: true };
  } finally {
    await uploads.remove(staged);
  }
}
