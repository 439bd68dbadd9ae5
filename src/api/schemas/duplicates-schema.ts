import { z } from 'zod';
import { pictureSchema } from './picture-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

export const duplicatesQuerySchema = z.strictObject({
  minSimilarity: z.coerce
    .number()
    .min(0.8)
    .max(1)
    .optional()
    .describe('also look-alikes at least this similar; without it only the same bytes and the same pixels'),
  limit: z.coerce.number().int().min(1).max(200).default(20).describe('most groups in a page'),
  cursor: z.string().max(200).optional().describe('nextCursor of the page before'),
});

export const duplicatesPageSchema = z
  .object({
    generation: z
      .string()
      .describe('another with every change of the library: pages of one are of one piece'),
    groups: z.array(
      z.object({
        relation: z
          .enum(['identical', 'same-image-data', 'same-pixels', 'similar'])
          .describe('the weakest in the group'),
        weakestSimilarity: z.number().nullable().describe('of the least similar pair; null for one picture'),
        pictures: z
          .array(pictureSchema)
          .describe('one picture in several files, or pictures of which every two are related'),
      }),
    ),
    nextCursor: z.string().nullable().describe('for the next page; null on the last'),
  })
  .register(schemaRegistry, {
    id: 'DuplicatesPage',
    description: 'Groups by the lowest id in each. A picture is in one group at most.',
  });

export type DuplicatesQuery = z.input<typeof duplicatesQuerySchema>;
export type DuplicatesPage = z.infer<typeof duplicatesPageSchema>;
