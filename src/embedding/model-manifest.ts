import { z } from 'zod';
import { EideticError } from '../domain/errors.ts';
import type { ModelManifest } from '../domain/model.ts';

const channels = z.tuple([z.number(), z.number(), z.number()]);
const cosine = z.number().min(-1).max(1);
const side = z.int().min(1).max(4096);

const fileName = z.string().regex(/^[^/\\]+$/, 'a file name without a folder');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 lowercase hex digits');

/** `cls` and `gem` are made of the tokens. */
const vectorName = z
  .string()
  .regex(/^(?!(cls|gem)$)[a-z][a-z0-9-]*$/, 'lowercase letters, digits and dashes, and neither cls nor gem');

const manifestSchema = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i, 'letters, digits, dots, dashes and underscores'),
  title: z.string(),
  file: fileName,
  sha256,
  sizeBytes: z.int().positive(),
  data: z.array(z.object({ file: fileName, sha256, sizeBytes: z.int().positive() })).optional(),
  license: z.string(),
  source: z.string(),
  input: z
    .object({
      name: z.string(),
      height: side,
      width: side,
      dynamic: z.boolean().default(false),
      multipleOf: z.int().positive().default(1),
      resize: z.enum(['squash', 'crop']),
      resizeTo: side.optional(),
      kernel: z.enum(['cubic', 'linear']),
      mean: channels,
      std: channels,
    })
    .transform((input) => ({ ...input, resizeTo: input.resizeTo ?? input.height })),
  outputs: z.object({
    tokens: z.string(),
    attentions: z.string().nullable().default(null),
    vectors: z
      .record(vectorName, z.object({ output: z.string(), dimensions: z.int().positive() }))
      .optional(),
  }),
  patchSize: z.int().positive().nullable(),
  registers: z.int().min(0).default(0),
  dimensions: z.int().positive(),
  heads: z.int().positive().nullable(),
  dtype: z.enum(['float32', 'float16', 'int8', 'int4']),
  bounds: z.record(z.string(), z.object({ likely: cosine, unlikely: cosine })).optional(),
  batchSafe: z.boolean(),
});

/**
 * @param text content of a model.json
 * @param file its path, for the message
 * @throws EideticError MODEL_UNAVAILABLE naming each field that is missing or wrong
 */
export function parseModelManifest(text: string, file: string): ModelManifest {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, '')); // some editors begin a text with a byte order mark
  } catch (error) {
    throw new EideticError('MODEL_UNAVAILABLE', `${file} is not JSON: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    throw new EideticError(
      'MODEL_UNAVAILABLE',
      `${file} does not describe a model:\n${z.prettifyError(parsed.error)}`,
      { cause: parsed.error },
    );
  }
  return parsed.data;
}
