import type { Config } from '../config/config.ts';

/** What a person types to embed a library's pictures with the model and input size that were asked for. */
export function reindexCommand({ model, inputSize }: Pick<Config, 'model' | 'inputSize'>): string {
  const named = model === null ? '' : ` --model ${model}`;
  const sized = inputSize === null ? '' : ` --input-size ${inputSize}`;
  return `eidetic reindex${named}${sized}`;
}
