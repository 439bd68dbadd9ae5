import { createHash } from 'node:crypto';
import type { ContentHash } from '../../src/domain/picture.ts';

export function contentHashOfBytes(bytes: Uint8Array): ContentHash {
  return createHash('sha256').update(bytes).digest('hex');
}
