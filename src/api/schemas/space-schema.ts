import { z } from 'zod';
import { COPY, SIMILAR } from '../../domain/space.ts';
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
