import { z } from 'zod';
import { pictureIdSchema } from './picture-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

const compareSideSchema = z
  .strictObject({ id: pictureIdSchema.optional(), url: z.string().max(2_000).optional() })
  .refine(({ id, url }) => (id === undefined) !== (url === undefined), {
    message: 'expected exactly one of id and url',
  });

export const compareRequestSchema = z
  .strictObject({ a: compareSideSchema, b: compareSideSchema })
  .register(schemaRegistry, { id: 'CompareRequest', description: 'Two pictures, each by id or url.' });

export const compareAnswerSchema = z
  .object({
    similarity: z.number().describe('cosine similarity, -1 to 1'),
    relation: z
      .enum(['identical', 'same-pixels'])
      .nullable()
      .describe('what is certain: the same bytes, or the same pixels; null when neither'),
  })
  .register(schemaRegistry, { id: 'CompareAnswer', description: 'How two pictures relate.' });

export type CompareRequest = z.input<typeof compareRequestSchema>;
export type CompareAnswer = z.infer<typeof compareAnswerSchema>;
