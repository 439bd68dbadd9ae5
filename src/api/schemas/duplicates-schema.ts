import { z } from 'zod';
import { DECISION_KINDS } from '../../domain/decision.ts';
import { copyWishShape, leastHeldBackSchema } from './copy-wish-schema.ts';
import { fromDigits } from './from-digits.ts';
import { pictureIdSchema, pictureSchema } from './picture-schema.ts';
import { askedPicturesSchema, questionShape } from './question-schema.ts';
import { schemaRegistry } from './schema-registry.ts';
import { minSimilarityTextSchema, similaritySchema } from './similarity-schema.ts';
import { meaningShape, spaceSchema } from './space-schema.ts';

/** Most pictures that a page of groups lists of one; a route of its own has the others. */
export const MOST_MEMBERS_SHOWN = 100;

/** A page of groups ends early when it lists so many pictures. */
export const MOST_PICTURES_IN_PAGE = 1_000;

const minSimilarity = minSimilarityTextSchema(
  'also pictures at least so similar; without it only what is equal, and with copies the pairs at 0.5 or above are looked at. Refused when more than a million pairs are',
).optional();

const space = spaceSchema.optional().meta({
  description:
    'what is compared, see SearchRequest; without it "copy" where the library has it, else "similar"',
});

const cursorSchema = z.string().max(200).optional().describe('nextCursor of the page before');

const nextCursorSchema = z.string().nullable().describe('for the next page; null on the last');

export const unknownPixelsSchema = z
  .object({ unreachable: z.int(), unfinished: z.int(), incomparable: z.int() })
  .describe(
    'of the whole report: pictures that look the same as another of their size and of whose pixels nobody knows whether they are equal, since no file of them is there as it was indexed, memory or time ran out, or there are no pixels that can be compared; nothing is claimed of them',
  );

/** What makes a report another one. */
const reportShape = {
  ...{ space, minSimilarity },
  ...copyWishShape,
  ...questionShape,
  decided: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true')
    .describe('whether also what somebody decided to keep, which is left out and counted otherwise'),
};

const groupRelationSchema = z.enum(['identical', 'same-image-data', 'same-pixels', 'copy', 'similar']);

const saidSchema = z.object({
  kind: z.enum(DECISION_KINDS),
  decidedBy: z.string(),
  decidedAt: z.string().describe('ISO 8601'),
  note: z.string().nullable(),
});

export const duplicatesQuerySchema = z.strictObject({
  ...reportShape,
  relation: groupRelationSchema.optional().describe('only groups of this one'),
  limit: fromDigits(z.int().min(1).max(200))
    .default(20)
    .describe(`most groups in a page; fewer when they list ${MOST_PICTURES_IN_PAGE} pictures`),
  cursor: cursorSchema,
});

const groupShape = {
  relation: groupRelationSchema.describe(
    'the weakest in the group: the same bytes in several files; the same coded picture, so that only metadata differs; the same pixels; copies, one made from the other or both from one; similar',
  ),
  weakestSimilarity: similaritySchema.nullable().describe('of the least similar pair; null for one picture'),
  pictureCount: z.int().describe('pictures of the group, also those that are not listed here'),
  decision: z
    .object({
      isDismissed: z
        .boolean()
        .describe('whether that was decided of every two; such groups are told with decided'),
      said: saidSchema.describe('the last of these decisions'),
      joined: z
        .array(z.int())
        .describe(
          'ids of those that nobody decided to keep beside another of the group: what has come since',
        ),
    })
    .nullable()
    .describe('that somebody decided to keep what is in it, or some of that; null when nobody did'),
};

export const duplicatesPageSchema = z
  .object({
    generation: z
      .string()
      .describe('another with every change of the library and every decision: pages of one are of one piece'),
    ...meaningShape,
    groups: z.array(
      z.object({
        ...groupShape,
        pictures: z
          .array(pictureSchema)
          .describe(
            `one picture in several files, or pictures of which every two are related: the first ${MOST_MEMBERS_SHOWN} by id; /v1/duplicates/{id}/pictures, with the id of the first, has them all`,
          ),
      }),
    ),
    pairCounts: z
      .object({ copy: z.int(), similar: z.int(), unsure: z.int(), burst: z.int() })
      .describe(
        'of the whole report: pairs that are in no group together, which /v1/duplicates/pairs has, by their relation',
      ),
    askedPictures: askedPicturesSchema,
    copies: z
      .object({
        ...{ lookedAt: z.int(), plain: z.int(), unknown: z.int() },
        choice: z
          .object({
            leastScore: z.number(),
            leastHeldBack: leastHeldBackSchema,
            called: z.int().min(0),
            expectedWrong: z.number().min(0),
            mostWrong: z.int().min(0),
          })
          .describe(
            'pairs of this score or above were called copies, so many there are by what was found of them; of those so many are expected to be none, and in nine of ten collections no more than mostWrong are',
          ),
      })
      .nullable()
      .describe(
        'of the whole report: pairs that were looked at for copies; pictures so plain that nothing can be said of copies among them; and pairs that could not be looked at, since no file of one is within reach or it cannot be decoded; null when no copies were asked for',
      ),
    unknownPixels: unknownPixelsSchema,
    undescribedFiles: z
      .int()
      .describe(
        'of the whole report: files whose pictures no model has described, so that nobody compared them',
      ),
    decidedGroups: z
      .int()
      .describe('of the whole report: groups left out, since somebody decided to keep what is in them'),
    decidedPairs: z.int().describe('of the whole report: pairs of no group left out likewise'),
    nextCursor: nextCursorSchema,
  })
  .register(schemaRegistry, {
    id: 'DuplicatesPage',
    description: 'Groups by the lowest id in each. A picture is in one group at most.',
  });

export const groupParamsSchema = z.strictObject({
  id: fromDigits(z.int().min(1)).describe('the lowest id in the group'),
});

export const groupQuerySchema = z.strictObject({
  ...reportShape,
  limit: fromDigits(z.int().min(1).max(500)).default(100).describe('most pictures in a page'),
  cursor: cursorSchema,
});

export const groupPageSchema = z
  .object({
    generation: z.string().describe('as in DuplicatesPage'),
    ...meaningShape,
    ...groupShape,
    pictures: z.array(pictureSchema).describe('by ascending id'),
    nextCursor: nextCursorSchema,
  })
  .register(schemaRegistry, { id: 'GroupPage', description: 'Pictures of one group of duplicates.' });

const pairRelationSchema = z.enum(['copy', 'similar', 'unsure', 'burst']);

export const pairsQuerySchema = z.strictObject({
  ...reportShape,
  relation: pairRelationSchema.optional().describe('only pairs of this one'),
  limit: fromDigits(z.int().min(1).max(200)).default(50).describe('most pairs in a page'),
  cursor: cursorSchema,
});

export const pairsPageSchema = z
  .object({
    generation: z.string().describe('as in DuplicatesPage'),
    ...meaningShape,
    pairs: z.array(
      z.object({
        relation: pairRelationSchema.describe(
          'copy, similar: as in a group, but others stand between them; unsure: they show the same, and it cannot be told whether one is a copy; burst: one scene, taken at another time',
        ),
        similarity: similaritySchema,
        certainty: z
          .number()
          .min(0)
          .max(1)
          .nullable()
          .describe(
            'how likely one is a copy of the other; null where something else than the evidence has decided',
          ),
        a: pictureSchema,
        b: pictureSchema,
        unlike: z
          .object({ a: pictureIdSchema, b: pictureIdSchema })
          .nullable()
          .describe(
            "two pictures that nobody found to be related, for whom the pair is in no group: one of a's group or a itself, one of b's group or b itself. The pair is a bridge, and would chain them. Told with the strongest pair of every two groups; null with others, and where the relation makes no groups",
          ),
        decision: saidSchema.nullable().describe('what somebody decided of the two; null when nobody did'),
      }),
    ),
    nextCursor: nextCursorSchema,
  })
  .register(schemaRegistry, {
    id: 'PairsPage',
    description: 'Pairs of which the pictures are in no group together, by the ids of both.',
  });

export type PairsQuery = z.input<typeof pairsQuerySchema>;
export type PairsPage = z.infer<typeof pairsPageSchema>;
export type DuplicatesQuery = z.input<typeof duplicatesQuerySchema>;
export type DuplicatesPage = z.infer<typeof duplicatesPageSchema>;
export type GroupQuery = z.input<typeof groupQuerySchema>;
export type GroupPage = z.infer<typeof groupPageSchema>;
