import { z } from 'zod';
import { LEAST_SIMILARITY } from '../../domain/least-similarity.ts';
import { SIMILAR } from '../../domain/space.ts';
import { fromDigits } from './from-digits.ts';
import { pathSchema } from './path-schema.ts';
import { hitSchema, PICTURE_FORMATS, pictureIdSchema } from './picture-schema.ts';
import { problemSchema } from './problem-schema.ts';
import { contentHashSchema } from './query-schema.ts';
import { schemaRegistry } from './schema-registry.ts';
import { minSimilaritySchema, minSimilarityTextSchema } from './similarity-schema.ts';
import { meaningShape, spaceSchema } from './space-schema.ts';

const timeSchema = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?)?)?)?$/)
  .describe('ISO 8601 local time or its beginning, such as 2024-05');

const filterSchema = z
  .strictObject({
    pathPrefix: pathSchema.optional().describe('a folder or file as answers show it; at or below it'),
    formats: z.array(z.enum(PICTURE_FORMATS)).min(1).max(PICTURE_FORMATS.length).optional(),
    takenAfter: timeSchema.optional(),
    takenBefore: timeSchema.optional(),
    camera: z.string().min(1).max(200).optional().describe('part of maker and model, whatever the case'),
    minWidth: z.int().min(1).optional().describe('pixels'),
    minHeight: z.int().min(1).optional().describe('pixels'),
    minBytes: z.int().min(1).optional(),
    maxBytes: z.int().min(1).optional(),
  })
  .register(schemaRegistry, { id: 'Filter', description: 'All parts that are given must hold.' });

const regionSchema = z
  .strictObject({
    x: z.number().min(0).max(1),
    y: z.number().min(0).max(1),
    width: z.number().gt(0).max(1),
    height: z.number().gt(0).max(1),
  })
  .refine(({ x, y, width, height }) => x + width <= 1.000001 && y + height <= 1.000001, {
    message: 'expected a region inside the picture: x + width and y + height at most 1',
  })
  .register(schemaRegistry, {
    id: 'Region',
    description: 'Part of a picture, in fractions of its width and height from the top left corner.',
  });

export const MOST_HITS = 500;

/**
 * Where the deepest page begins. Of 100,000 pictures (192 dimensions, a busy machine of two cores) a page that reaches
 * behind hit 2,000 took 90 ms of a core in the index, in one go, and others waited meanwhile; one behind hit 50 took 35.
 */
export const DEEPEST_OFFSET = 10_000;

const TOO_DEEP = `expected at most ${DEEPEST_OFFSET}, for pages go no deeper: ask with a higher minSimilarity or a filter, or list all pictures with GET /v1/pictures`;
const OFFSET_RULE = `hits to pass over: nextOffset of the page before, ${DEEPEST_OFFSET} at most`;
const LEAST_OF_HIT = 'least similarity of a hit';

const vectorSchema = z.array(z.number()).min(1).max(8_192);

/** What every kind of search may say beside the picture. */
const optionsShape = {
  space: spaceSchema.default(SIMILAR),
  limit: z.int().min(1).max(MOST_HITS).default(10).describe('most hits to answer with'),
  offset: z.int().min(0).max(DEEPEST_OFFSET, { error: TOO_DEEP }).default(0).describe(OFFSET_RULE),
  minSimilarity: minSimilaritySchema(LEAST_OF_HIT).default(LEAST_SIMILARITY),
  filter: filterSchema.optional(),
  region: regionSchema.optional().describe('only this part of the query picture'),
};

const exampleSchema = z.union([pictureIdSchema, contentHashSchema]);

const QUERIES = ['id', 'sha256', 'url', 'vector', 'examples'] as const;

export const searchRequestSchema = z
  .strictObject({
    id: pictureIdSchema.optional().describe('a picture of the library; it is not among its own hits'),
    sha256: contentHashSchema.optional().describe('a picture that was sent to /v1/queries, while it is kept'),
    url: z.string().max(2_000).optional().describe('fetched only from hosts that this server allows'),
    vector: vectorSchema.optional().describe('as long as the vectors of the space; need not have length 1'),
    examples: z
      .strictObject({
        positive: z.array(exampleSchema).min(1).max(100),
        negative: z.array(exampleSchema).max(100).default([]),
      })
      .optional()
      .describe(
        'pictures of the library by id, none of which is among the hits, and pictures that were sent to /v1/queries by sha256: like the positive ones, and unlike the negative ones',
      ),
    ...optionsShape,
  })
  .refine((request) => QUERIES.filter((name) => request[name] !== undefined).length === 1, {
    message: `expected exactly one of ${QUERIES.join(', ')}`,
  })
  .refine(({ region, vector, examples }) => region === undefined || (!vector && !examples), {
    message: 'expected a region only with an id, sha256 or url',
  })
  .register(schemaRegistry, {
    id: 'SearchRequest',
    description: 'Exactly one of id, sha256, url, vector and examples, and options.',
  });

/** Options of a search whose picture is the body, as a form or a query string sends them. */
export const uploadSearchSchema = z.strictObject({
  ...optionsShape,
  limit: fromDigits(z.int().min(1).max(MOST_HITS)).default(10),
  offset: fromDigits(z.int().min(0).max(DEEPEST_OFFSET, { error: TOO_DEEP }))
    .default(0)
    .describe(OFFSET_RULE),
  minSimilarity: minSimilarityTextSchema(LEAST_OF_HIT).default(LEAST_SIMILARITY),
});

/** The query string beside a picture that is the whole body, or that the path names. */
export const searchQuerySchema = uploadSearchSchema.omit({ filter: true, region: true });

export const searchAnswerSchema = z
  .object({
    ...meaningShape,
    hits: z.array(hitSchema).describe('most similar first, ties by ascending id'),
    nextOffset: z
      .int()
      .nullable()
      .describe(
        `offset of the next page; null when this is the last. One beyond ${DEEPEST_OFFSET} says that there are more, and is refused. Behind the first 50 and the first 2,000 a few hits that have little to do with the query may be told again`,
      ),
  })
  .register(schemaRegistry, { id: 'SearchAnswer', description: 'The most similar pictures.' });

export const batchRequestSchema = z
  .strictObject({ queries: z.array(searchRequestSchema).min(1).max(64) })
  .register(schemaRegistry, { id: 'BatchRequest', description: 'Several searches at once.' });

export const batchAnswerSchema = z
  .object({
    answers: z.array(z.union([searchAnswerSchema, z.object({ error: problemSchema })])),
  })
  .register(schemaRegistry, {
    id: 'BatchAnswer',
    description: 'One answer or error for each query, in their order.',
  });

export type SearchRequest = z.input<typeof searchRequestSchema>;
export type ParsedSearch = z.output<typeof searchRequestSchema>;
export type SearchPageQuery = z.input<typeof searchQuerySchema>;
export type SearchOptionsInput = z.output<typeof uploadSearchSchema>;
export type UploadSearchOptions = z.input<typeof uploadSearchSchema>;
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;
export type FilterInput = z.infer<typeof filterSchema>;
