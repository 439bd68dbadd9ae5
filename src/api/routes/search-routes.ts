import { setImmediate } from 'node:timers/promises';
import { Router } from 'express';
import { LEAST_SIMILARITY, MOST_SIMILARITY } from '../../domain/least-similarity.ts';
import { COPY, SIMILAR } from '../../domain/space.ts';
import type { ApiParts } from '../api-parts.ts';
import { readBody } from '../body/read-body.ts';
import { requireJson } from '../body/require-json.ts';
import { problemOf } from '../errors/problem-of.ts';
import { EXAMPLE_HIT, EXAMPLE_MEANING, EXAMPLE_PROBLEM } from '../openapi/example-picture.ts';
import { requestIdOf } from '../request-id.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { parseInput } from '../schemas/parse-input.ts';
import {
  type BatchAnswer,
  batchAnswerSchema,
  batchRequestSchema,
  DEEPEST_OFFSET,
  MOST_HITS,
  type ParsedSearch,
  searchAnswerSchema,
  searchQuerySchema,
  searchRequestSchema,
} from '../schemas/search-schema.ts';
import { type CallerView, callerView } from './caller-view.ts';
import { embedSearch } from './embed-search.ts';
import { findHits } from './find-hits.ts';
import { readSearch } from './read-search.ts';

const SEARCH = {
  id: 'search',
  method: 'post',
  path: '/v1/search',
  tag: 'Search',
  summary: 'The pictures of the library that look most like a given one',
  description:
    'The query is a picture (as the body, or the field "image" of a form with the options as further fields, filter and region as JSON), or JSON with exactly one of id, url, vector and examples. The query string counts only when the picture is the whole body. Pictures of the library that the query is made of (id, examples) are not among the hits; one that is sent as bytes or url is, when the library has it.',
  scope: 'read',
  query: searchQuerySchema,
  body: {
    'application/json': searchRequestSchema,
    'image/*': 'binary',
    'multipart/form-data': {
      type: 'object',
      required: ['image'],
      properties: {
        image: { type: 'string', format: 'binary' },
        space: { type: 'string', enum: [SIMILAR, COPY], default: SIMILAR },
        limit: { type: 'integer', minimum: 1, maximum: MOST_HITS },
        offset: { type: 'integer', minimum: 0, maximum: DEEPEST_OFFSET },
        minSimilarity: { type: 'number', minimum: LEAST_SIMILARITY, maximum: MOST_SIMILARITY },
        filter: { type: 'string', description: 'a Filter as JSON' },
        region: { type: 'string', description: 'a Region as JSON' },
      },
    },
  },
  answers: { 200: { description: 'Hits', content: { 'application/json': searchAnswerSchema } } },
  example: {
    body: { id: 1, limit: 10, minSimilarity: 0.3, filter: { formats: ['jpeg'], minWidth: 80 } },
    answer: { status: 200, body: { ...EXAMPLE_MEANING, hits: [EXAMPLE_HIT], nextOffset: null } },
  },
} as const satisfies Operation;

const SEARCH_BATCH = {
  id: 'searchBatch',
  method: 'post',
  path: '/v1/search/batch',
  tag: 'Search',
  summary: 'Several searches at once, each with an answer or an error of its own',
  scope: 'read',
  body: { 'application/json': batchRequestSchema },
  answers: { 200: { description: 'Answers', content: { 'application/json': batchAnswerSchema } } },
  example: {
    body: { queries: [{ id: 1, limit: 5 }, { examples: { positive: [1], negative: [2] } }, { id: 9_999 }] },
    answer: {
      status: 200,
      body: {
        answers: [
          { ...EXAMPLE_MEANING, hits: [EXAMPLE_HIT], nextOffset: null },
          { ...EXAMPLE_MEANING, hits: [], nextOffset: null },
          { error: EXAMPLE_PROBLEM },
        ],
      },
    },
  },
} as const satisfies Operation;

export const SEARCH_OPERATIONS: readonly Operation[] = [SEARCH, SEARCH_BATCH];

export function searchRoutes(parts: ApiParts): Router {
  const router = Router();
  addRoute(router, SEARCH, async (call) => {
    const view = await callerView(parts, call.caller);
    const { searched, asked, options } = await readSearch(parts, call, call.query);
    return findHits(parts, searched, asked, options, view, call.signal);
  });
  addRoute(router, SEARCH_BATCH, async ({ request, response, caller, signal }) => {
    const body = requireJson(await readBody(request, response, parts.bodies));
    const { queries } = parseInput(batchRequestSchema, body, 'the body');
    const view = await callerView(parts, caller);
    const answers: BatchAnswer['answers'] = [];
    for (const search of queries) {
      signal.throwIfAborted();
      answers.push(await answerOrError(parts, search, view, signal, requestIdOf(response)));
      await setImmediate(); // others' requests get their turns in between
    }
    return { answers } satisfies BatchAnswer;
  });
  return router;
}

async function answerOrError(
  parts: ApiParts,
  search: ParsedSearch,
  view: CallerView,
  signal: AbortSignal,
  requestId: string,
): Promise<BatchAnswer['answers'][number]> {
  try {
    const searched = parts.library.spaces.named(search.space);
    const asked = await embedSearch(parts, searched, search, signal);
    return await findHits(parts, searched, asked, search, view, signal);
  } catch (error) {
    const problem = problemOf(error, requestId);
    if (problem.status === 500) {
      throw error;
    }
    return { error: problem };
  }
}
