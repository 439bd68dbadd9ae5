import { createHash } from 'node:crypto';
import type { ModelPin, PinnedFile } from '../../src/models/pin.ts';
import type { PullOptions } from '../../src/models/pull-options.ts';

/** A pinned file with the size and the SHA-256 of its content. */
export function pinnedFile(path: string, content: Uint8Array): PinnedFile {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { path, sizeBytes: content.length, megabytes: null, sha256 };
}

/** A pin for a tiny model, as if it were published. */
export function testPin(weights: PinnedFile, changes: Partial<ModelPin> = {}): ModelPin {
  return {
    id: 'tiny-vits16',
    title: 'Tiny ViT',
    license: 'Apache-2.0',
    repository: 'test/tiny',
    commit: '0123456789abcdef0123456789abcdef01234567',
    weights,
    data: [],
    licenseText: null,
    patchSize: 16,
    registers: 0,
    dimensions: 384,
    heads: 6,
    dtype: 'float32',
    batchSafe: true,
    quality: null,
    ...changes,
  };
}

/** Options with short times, and everything that was said. */
export function pullOptions(
  modelsFolder: string,
  base: string,
  changes: Partial<PullOptions> = {},
): PullOptions & { readonly said: string[] } {
  const said: string[] = [];
  return {
    modelsFolder,
    environment: { HF_ENDPOINT: base },
    isOffline: false,
    mirrors: [],
    acceptsLicense: false,
    trustsOnFirstUse: false,
    timing: { answerTimeoutMs: 2_000, stallMs: 200, retryMs: 5, longestWaitMs: 2_000 },
    probe: () => Promise.reject(new Error('nothing to probe here')),
    signal: new AbortController().signal,
    onProgress() {},
    say: (text) => said.push(text),
    said,
    ...changes,
  };
}
