import type { PictureLimits } from '../domain/picture-limits.ts';
import type { RootRules } from '../domain/roots.ts';

/**
 * Everything besides a file itself that decides whether it can be read, as one text to compare.
 * @param decoders see Embedder
 */
export function conditionsOf(limits: PictureLimits, rules: RootRules, decoders: string): string {
  const { maxBytes, maxPixels, timeoutMs } = limits;
  const { exclude, includeHidden, followSymlinks } = rules;
  return JSON.stringify({
    limits: { maxBytes, maxPixels, timeoutMs },
    rules: { exclude: [...exclude].sort(), includeHidden, followSymlinks },
    decoders,
  });
}
