import { z } from 'zod';
import { COPY, SIMILAR } from '../../domain/space.ts';
import { schemaRegistry } from './schema-registry.ts';
import { similaritySchema } from './similarity-schema.ts';

/** The space that a request asks to look in. */
export const spaceSchema = z
  .enum([SIMILAR, COPY])
  .describe(
    'what is compared: "similar", what a picture shows, or "copy", which photograph it is; refused with 409 when no model of the library tells that',
  );

const boundsSchema = z.object({
  likely: similaritySchema.describe('from here on, nine of ten nearest pictures were what was looked for'),
  unlikely: similaritySchema.describe('below it, at most one of ten was'),
});

/** What every answer with similarities says of them. */
export const meaningShape = {
  space: z.string().describe('the space that the similarities are of'),
  bounds: boundsSchema
    .nullable()
    .describe('what they mean, as measured over other pictures; null where nobody measured it'),
};

export const spacesAnswerSchema = z
  .object({
    spaces: z.array(
      z.object({
        ...meaningShape,
        revision: z.int().describe('another when the space was made anew'),
        model: z.string().describe('id of the model that it is made by'),
        modelKey: z.string().describe("hash of that model's weights and input recipe"),
        dimensions: z.int().describe('of its vectors'),
        vectors: z.int().describe('one of each picture that the model has described'),
      }),
    ),
    forCopies: z.string().describe('the one that duplicates are looked for in when a request names none'),
  })
  .register(schemaRegistry, { id: 'Spaces', description: 'The spaces of the library, similar first.' });

export type SpacesAnswer = z.infer<typeof spacesAnswerSchema>;
