import { EideticError } from '../domain/errors.ts';
import type { PixelAnswer, PixelHasher, PixelRefusal } from '../domain/pixel-hasher.ts';
import type { PictureDecoders } from './picture-decoders.ts';

/** Hashes pixels in the processes of the decoders, which outlive it. */
export function createPixelHasher(decoders: PictureDecoders): PixelHasher {
  const closing = new AbortController();

  async function answer(
    work: (signal: AbortSignal) => Promise<{ readonly pixelHash: string | null } | 'absent'>,
    signal: AbortSignal,
  ): Promise<PixelAnswer> {
    signal.throwIfAborted();
    try {
      const found = await work(AbortSignal.any([signal, closing.signal]));
      if (found === 'absent') {
        return unknown('unreachable');
      }
      const { pixelHash } = found;
      return pixelHash === null ? unknown('incomparable') : { kind: 'hashed', pixelHash };
    } catch (error) {
      signal.throwIfAborted();
      return unknown(isLasting(error) ? 'incomparable' : 'unfinished');
    }
  }

  return {
    parallelism: decoders.parallelism,
    hash: (files, contentHash, signal) =>
      answer((ended) => decoders.hashFile(files, contentHash, ended), signal),
    hashBytes: (bytes, signal) =>
      answer(async (ended) => ({ pixelHash: await decoders.hash(bytes, ended) }), signal),
    async close() {
      closing.abort();
    },
  };
}

/** Whether another time and other limits would tell the same. */
function isLasting(error: unknown): boolean {
  return (
    error instanceof EideticError && error.code !== 'IMAGE_TOO_LARGE' && error.details['isPassing'] !== true
  );
}

function unknown(reason: PixelRefusal): PixelAnswer {
  return { kind: 'unknown', reason };
}
