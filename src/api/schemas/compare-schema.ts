import { z } from 'zod';
import { SIMILAR } from '../../domain/space.ts';
import { namesOnePicture, ONE_PICTURE } from './named-picture.ts';
import { pictureIdSchema } from './picture-schema.ts';
import { contentHashSchema } from './query-schema.ts';
import { schemaRegistry } from './schema-registry.ts';
import { similaritySchema } from './similarity-schema.ts';
import { meaningShape, spaceSchema } from './space-schema.ts';
import { VERDICTS, verificationSchema } from './verification-schema.ts';

const compareSideSchema = z
  .strictObject({
    id: pictureIdSchema.optional(),
    sha256: contentHashSchema.optional().describe('a picture that was sent to /v1/queries, while it is kept'),
    url: z.string().max(2_000).optional(),
  })
  .refine(namesOnePicture, { message: ONE_PICTURE });

const space = spaceSchema.default(SIMILAR);

export const compareRequestSchema = z
  .strictObject({ a: compareSideSchema, b: compareSideSchema, space })
  .register(schemaRegistry, {
    id: 'CompareRequest',
    description: 'Two pictures, each by id, sha256 or url.',
  });

/** What a form may say beside the two pictures. */
export const compareOptionsSchema = z.strictObject({ space });

export const compareAnswerSchema = z
  .object({
    ...meaningShape,
    similarity: similaritySchema,
    relation: z
      .enum(['identical', 'same-image-data', 'same-pixels', 'burst', ...VERDICTS])
      .nullable()
      .describe(
        'what is certain: the same bytes; the same coded picture, so that only metadata differs; the same pixels. Else the verdict of laying one over the other, or burst where that was copy or unsure and the pictures were taken at different times. Null when one of them cannot be looked at; words say which',
      ),
    pixels: z
      .enum(['equal', 'different', 'unknown'])
      .describe('whether the pixels are equal; both pictures are decoded where that must be known'),
    unknownBecause: z
      .enum(['unreachable', 'unfinished', 'incomparable'])
      .nullable()
      .describe(
        'why nobody knows: no file of a picture is there as it was indexed, memory or time ran out, or there are no pixels that can be compared (a drawing, or more than is decoded); null when it is known',
      ),
    verification: verificationSchema
      .nullable()
      .describe('null where the pictures are equal, or one of them cannot be looked at'),
    words: z.array(z.string()).describe('the same for people: sentences about A and B'),
  })
  .register(schemaRegistry, { id: 'CompareAnswer', description: 'How two pictures relate.' });

export type ParsedCompareSide = z.output<typeof compareSideSchema>;
export type CompareRequest = z.input<typeof compareRequestSchema>;
export type CompareOptions = z.input<typeof compareOptionsSchema>;
export type CompareAnswer = z.infer<typeof compareAnswerSchema>;
