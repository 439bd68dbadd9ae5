import { z } from 'zod';
import { COPY_SCORE, UNSURE_SCORE } from '../../copies/judge-pair.ts';
import { MOST_LOOKED_AT } from '../../engine/picture-match.ts';
import { copyLineShape, leastHeldBackSchema } from './copy-wish-schema.ts';
import { namesOnePicture, ONE_PICTURE } from './named-picture.ts';
import { pictureIdSchema, pictureSchema } from './picture-schema.ts';
import { contentHashSchema } from './query-schema.ts';
import { relationSchema } from './relation-schema.ts';
import { schemaRegistry } from './schema-registry.ts';
import { similaritySchema } from './similarity-schema.ts';
import { meaningShape } from './space-schema.ts';

export const matchRequestSchema = z
  .strictObject(
    {
      id: pictureIdSchema.optional().describe('a picture of the library; it is not its own match'),
      sha256: contentHashSchema
        .optional()
        .describe('a picture that was sent to /v1/queries, while it is kept'),
      url: z.string().max(2_000).optional().describe('fetched only from hosts that this server allows'),
      mostLookedAt: z
        .int()
        .min(1)
        .max(MOST_LOOKED_AT)
        .default(MOST_LOOKED_AT)
        .describe('most pictures to lay it over; fewer are when fewer are near enough'),
    },
    { error: ({ code, keys }) => (code === 'unrecognized_keys' ? misplacedIn(keys) : undefined) },
  )
  .refine(namesOnePicture, { message: ONE_PICTURE })
  .register(schemaRegistry, { id: 'MatchRequest', description: 'A picture, by id, sha256 or url.' });

export const matchQuerySchema = z.strictObject(copyLineShape);

/** Where a picture is the body, nothing else can be in it; so it is the query string that says how certain. */
function misplacedIn(keys: readonly string[]): string | undefined {
  const key = keys.find((one) => Object.hasOwn(copyLineShape, one));
  return key && `Found ${key} here, expected it in the query string: /v1/match?${key}=…`;
}

const fraction = z.number().min(0).max(1);

const placementSchema = z.object({
  isMirrored: z.boolean(),
  turnedDegrees: z
    .number()
    .describe('clockwise, -180 to 180; of a mirrored picture after it was mirrored left to right'),
  scale: z
    .object({ x: z.number(), y: z.number() })
    .describe('pixels of the match to one of the picture, along each of its sides'),
  region: z
    .object({ x: fraction, y: fraction, width: fraction, height: fraction })
    .describe(
      'where the picture lies in the match: fractions of its width and height, from the top left corner',
    ),
});

const matchSchema = z
  .object({
    ...pictureSchema.shape,
    relation: relationSchema,
    similarity: similaritySchema.nullable().describe('null where the bytes or the image data told'),
    score: z
      .number()
      .nullable()
      .describe(
        `how strongly laying them over each other speaks for a copy, -4 to 5: from ${COPY_SCORE} on it is one, unless the query draws the line elsewhere, from ${UNSURE_SCORE} on it may be one; null as similarity is`,
      ),
    certainty: fraction
      .nullable()
      .describe(
        'how likely it is a copy by its score: by what is usual, and by the scores of all pictures that this one was compared with; null where hashes told, or something else than the score has decided',
      ),
    placement: placementSchema
      .nullable()
      .describe('where the picture lies in this one; null also where that was not found'),
  })
  .register(schemaRegistry, {
    id: 'Match',
    description: 'A picture of the library, and how the one that was asked about relates to it.',
  });

export const matchAnswerSchema = z
  .object({
    ...meaningShape,
    verdict: z
      .enum(['copy', 'unsure', 'none'])
      .describe('copy: a match is equal or a copy; unsure: one may be a copy; none: neither was found'),
    leastScore: z
      .number()
      .describe(
        'from which score on a picture is called a copy here; above all scores where none would be certain enough',
      ),
    leastHeldBack: leastHeldBackSchema,
    matches: z.array(matchSchema).describe('the most certain first, then by score'),
    lookedAt: z
      .int()
      .describe(
        'with how many pictures of the library it was compared by laying them over each other; of one of the library, now or before: what was found is kept',
      ),
    unknown: z
      .int()
      .describe(
        'over how many near ones it could not be: no file of one is within reach, or one cannot be decoded. With any, "none" is not certain',
      ),
    isCut: z.boolean().describe('whether there may be more matches than those that were looked for'),
  })
  .register(schemaRegistry, { id: 'MatchAnswer', description: 'What the library has of a picture.' });

export type MatchQuery = z.input<typeof matchQuerySchema>;
export type ParsedMatch = z.output<typeof matchRequestSchema>;
export type MatchRequest = z.input<typeof matchRequestSchema>;
export type MatchAnswer = z.infer<typeof matchAnswerSchema>;
