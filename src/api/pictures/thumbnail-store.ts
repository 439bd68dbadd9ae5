import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CatalogPicture } from '../../domain/catalog.ts';
import type { ApiParts } from '../api-parts.ts';
import { until } from '../request-signal.ts';
import { findOriginal } from './find-original.ts';

/**
 * A picture's thumbnail as WebP, from the library's `thumbnails` folder or drawn and put there. A cache: the folder
 * may be deleted at any time.
 * @param maxSide longest side, pixels
 * @throws EideticError NOT_FOUND, OVERLOADED, IMAGE_UNREADABLE
 */
export async function thumbnailOf(
  { engine, drawing, metrics }: ApiParts,
  picture: CatalogPicture,
  maxSide: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { contentHash } = picture;
  const folder = join(engine.config.library, 'thumbnails', contentHash.slice(0, 2));
  const file = join(folder, `${contentHash}-${maxSide}.webp`);
  const kept = await readFile(file).catch(() => null);
  if (kept !== null) {
    return kept;
  }
  const draw = () =>
    metrics.time('thumbnail', async () => {
      const original = await readFile(await findOriginal(engine, picture));
      const thumbnail = await engine.thumbnail(original, maxSide);
      await keep(file, thumbnail);
      return thumbnail;
    });
  return until(drawing.run(draw, signal), signal);
}

/** No reader ever sees half a file. That a cache cannot be written is no reason to fail. */
async function keep(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, bytes);
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
