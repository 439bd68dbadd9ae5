import { z } from 'zod';
import { pictureIdSchema } from './picture-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

export const vectorsAnswerSchema = z
  .object({
    id: pictureIdSchema,
    vectors: z
      .array(
        z.object({
          space: z.string().describe('the one that it belongs to: a search in that space takes it as vector'),
          revision: z.int().describe('another when the space was made anew'),
          modelKey: z.string().describe('hash of weights and input recipe of the model that described it'),
          dimensions: z.int(),
          vector: z.array(z.number()).describe('of length 1; each number is a float32, exactly'),
        }),
      )
      .describe('one of each space in use; none where no model has described the picture yet'),
  })
  .register(schemaRegistry, {
    id: 'Vectors',
    description: 'What a picture is in the spaces of the library.',
  });

export type VectorsAnswer = z.infer<typeof vectorsAnswerSchema>;
