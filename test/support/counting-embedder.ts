import type { DescribedPicture } from '../../src/domain/descriptor.ts';
import type { Embedder } from '../../src/domain/embedder.ts';
import { EideticError } from '../../src/domain/errors.ts';
import { SEEDED_KEY, SEEDED_MODEL, seededPicture } from './seeded-picture.ts';

/**
 * An embedder for which every text is a picture, but one that begins with `bad`. It keeps the port's promises and the
 * texts that it was given.
 */
export class CountingEmbedder implements Embedder {
  readonly models: Embedder['models'];
  readonly parallelism = 2;
  /** Texts and names say nothing here; a test about them takes the real one. */
  judgeFile: Embedder['judgeFile'] = () => null;
  decoders = 'decoders 1';
  readonly described: string[] = [];
  /** Thrown for the text that it was made for. */
  readonly errors = new Map<string, Error>();

  constructor(modelKeys: readonly string[] = [SEEDED_KEY]) {
    this.models = modelKeys.map((key) => ({ key, manifest: SEEDED_MODEL, folder: '/none' }));
  }

  async describe(bytes: Uint8Array): Promise<DescribedPicture> {
    const text = Buffer.from(bytes).toString('utf8');
    this.described.push(text);
    const error = this.errors.get(text);
    if (error !== undefined) {
      throw error;
    }
    if (text.startsWith('bad')) {
      throw new EideticError('IMAGE_UNREADABLE', 'Found no picture.');
    }
    return seededPicture(
      text,
      this.models.map(({ key }) => key),
    );
  }

  costOf(): 'plain' {
    return 'plain';
  }

  async close(): Promise<void> {}
}
