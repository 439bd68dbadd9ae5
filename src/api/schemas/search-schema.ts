import { z } from 'zod';
import { hitSchema, PICTURE_FORMATS, pictureIdSchema } from './picture-schema.ts';
import { problemSchema } from './problem-schema.ts';
import { schemaRegistry } from './schema-registry.ts';

const pathSchema = z
  .string()
  .min(1)
  .max(1_000)
  .refine((path) => !path.includes('\0') && !path.split('/').includes('..'), {
    message: 'expected a path without ".." and NUL',
  })
  .refine((path) => !/\p{Surrogate}/u.test(path), {
    message: 'expected Unicode text, found half of a surrogate pair',
  });
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

/** Together as deep as a page may lie: the index answers that within some 50 ms, and other requests wait meanwhile. */
export const MOST_HITS = 500;
export const DEEPEST_OFFSET = 1_500;

const vectorSchema = z.array(z.number()).min(1).max(8_192);

/** What every kind of search may say beside the picture. */
const optionsShape = {
  limit: z.int().min(1).max(MOST_HITS).default(10).describe('most hits to answer with'),
  offset: z
    .int()
    .min(0)
    .max(DEEPEST_OFFSET)
    .default(0)
    .describe('hits to pass over: nextOffset of the page before'),
  minSimilarity: z.number().min(-1).max(1).default(-1).describe('least similarity of a hit'),
  filter: filterSchema.optional(),
  region: regionSchema.optional().describe('only this part of the query picture'),
};

const QUERIES = ['id', 'url', 'vector', 'examples'] as const;

export const searchRequestSchema = z
  .strictObject({
    id: pictureIdSchema.optional().describe('a picture of the library; it is among its own hits'),
    url: z.string().max(2_000).optional().describe('fetched only from hosts that this server allows'),
    vector: vectorSchema.optional().describe("as long as the model's embeddings; need not have length 1"),
    examples: z
      .strictObject({
        positive: z.array(pictureIdSchema).min(1).max(100),
        negative: z.array(pictureIdSchema).max(100).default([]),
      })
      .optional()
      .describe('pictures of the library: like the positive ones and unlike the negative ones'),
    ...optionsShape,
  })
  .refine((request) => QUERIES.filter((name) => request[name] !== undefined).length === 1, {
    message: `expected exactly one of ${QUERIES.join(', ')}`,
  })
  .refine(({ region, vector, examples }) => region === undefined || (!vector && !examples), {
    message: 'expected a region only with an id or url',
  })
  .register(schemaRegistry, {
    id: 'SearchRequest',
    description: 'Exactly one of id, url, vector and examples, and options.',
  });

/** Options of a search whose picture is the body, as a form or a query string sends them. */
export const uploadSearchSchema = z.strictObject({
  ...optionsShape,
  limit: z.coerce.number().int().min(1).max(MOST_HITS).default(10),
  offset: z.coerce.number().int().min(0).max(DEEPEST_OFFSET).default(0),
  minSimilarity: z.coerce.number().min(-1).max(1).default(-1),
});

/** The query string beside a picture that is the whole body, or that the path names. */
export const searchQuerySchema = uploadSearchSchema.omit({ filter: true, region: true });

export const searchAnswerSchema = z
  .object({
    hits: z.array(hitSchema).describe('most similar first, ties by ascending id'),
    nextOffset: z.int().nullable().describe('offset of the next page; null when this is the last'),
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
export type SearchOptionsInput = z.output<typeof uploadSearchSchema>;
export type UploadSearchOptions = z.input<typeof uploadSearchSchema>;
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;
export type FilterInput = z.infer<typeof filterSchema>;
