import { z } from 'zod';
import { THUMBNAIL_SIZES } from './picture-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

export const contentHashSchema = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, { error: 'expected 64 hex digits' })
  .transform((hash) => hash.toLowerCase());

export const keepQueryRequestSchema = z
  .strictObject({ url: z.string().max(2_000).describe('fetched only from hosts that this server allows') })
  .register(schemaRegistry, { id: 'KeepQueryRequest', description: 'A picture by its URL.' });

export const keptQuerySchema = z
  .object({
    contentHash: z.string().describe('SHA-256 of the bytes, 64 hex digits: "sha256" of a search'),
    width: z.int().describe('pixels, as shown'),
    height: z.int().describe('pixels, as shown'),
    expiresAt: z.iso
      .datetime()
      .describe(
        'when it is forgotten unless it is used before; earlier when many others come, or the server ends',
      ),
  })
  .register(schemaRegistry, { id: 'KeptQuery', description: 'A picture that is kept to be searched for.' });

export const queryParamsSchema = z.strictObject({ sha256: contentHashSchema });

export const queryThumbnailSchema = z.strictObject({
  size: z
    .enum(THUMBNAIL_SIZES.map(String) as [string, ...string[]])
    .default('256')
    .describe('longest side, pixels'),
});

export type KeptQueryAnswer = z.infer<typeof keptQuerySchema>;
