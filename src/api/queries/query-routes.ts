import { Router } from 'express';
import { EideticError } from '../../domain/errors.ts';
import { until } from '../../domain/until.ts';
import type { ApiParts } from '../api-parts.ts';
import { hashOf } from '../body/hash-of.ts';
import { type Body, readBody } from '../body/read-body.ts';
import type { FormFile } from '../body/read-form.ts';
import { describeInTurn } from '../describe-in-turn.ts';
import { fetchForAnswer } from '../fetch/fetch-for-answer.ts';
import { addRoute, type Call } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { parseInput } from '../schemas/parse-input.ts';
import {
  type KeptQueryAnswer,
  keepQueryRequestSchema,
  keptQuerySchema,
  queryParamsSchema,
  queryThumbnailSchema,
} from '../schemas/query-schema.ts';
import { requireKept } from './require-kept.ts';

const KEEP = {
  id: 'keepQuery',
  method: 'post',
  path: '/v1/queries',
  tag: 'Search',
  summary: 'Keeps a picture for a while, to be searched for by the SHA-256 of its bytes',
  description:
    'For pages whose address shall name what was searched for. The picture, as the body, the field "image" of a form, or the URL in JSON, is kept in memory and never becomes one of the library.',
  scope: 'read',
  body: {
    'application/json': keepQueryRequestSchema,
    'image/*': 'binary',
    'multipart/form-data': {
      type: 'object',
      required: ['image'],
      properties: { image: { type: 'string', format: 'binary' } },
    },
  },
  answers: { 200: { description: 'It is kept', content: { 'application/json': keptQuerySchema } } },
  example: {
    body: { url: 'https://pictures.example/beach.jpg' },
    answer: {
      status: 200,
      body: {
        contentHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        width: 4032,
        height: 3024,
        expiresAt: '2026-01-02T03:04:05.000Z',
      },
    },
  },
} as const satisfies Operation;

const THUMBNAIL = {
  id: 'queryThumbnail',
  method: 'get',
  path: '/v1/queries/{sha256}/thumbnail',
  tag: 'Search',
  summary: 'A small upright copy of a picture that is kept, as WebP',
  scope: 'read',
  params: queryParamsSchema,
  query: queryThumbnailSchema,
  answers: { 200: { description: 'The thumbnail', content: { 'image/webp': 'binary' } } },
  example: {
    parameters: { sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', size: '256' },
    answer: { status: 200 },
  },
} as const satisfies Operation;

export const QUERY_OPERATIONS: readonly Operation[] = [KEEP, THUMBNAIL];

export function queryRoutes(parts: ApiParts): Router {
  const { drawing, library, metrics, queries } = parts;
  const router = Router();
  addRoute(router, KEEP, async ({ request, response, signal }): Promise<KeptQueryAnswer> => {
    const { bytes, contentHash } = await pictureOf(parts, await readBody(request, response, parts.bodies), {
      response,
      signal,
    });
    // A copy goes to be described: what is handed over there is gone here.
    const described = await describeInTurn(parts, async () => new Uint8Array(bytes), signal);
    const expiresAt = queries.keep(contentHash, { bytes: new Uint8Array(bytes), described });
    const { width, height } = described.facts;
    return { contentHash, width, height, expiresAt: new Date(expiresAt).toISOString() };
  });
  addRoute(router, THUMBNAIL, async ({ params, query, response, signal }) => {
    const { bytes } = requireKept(queries, params.sha256);
    const draw = () =>
      metrics.time('thumbnail', () => library.decoders.thumbnail(new Uint8Array(bytes), Number(query.size)));
    const thumbnail = await until(drawing.run(draw, signal), signal);
    response.setHeader('Cache-Control', 'private, max-age=3600, immutable');
    response.type('image/webp').send(Buffer.from(thumbnail));
  });
  return router;
}

type SentPicture = Pick<FormFile, 'bytes' | 'contentHash'>;

async function pictureOf(
  parts: ApiParts,
  body: Body,
  { response, signal }: Pick<Call<unknown, unknown>, 'response' | 'signal'>,
): Promise<SentPicture> {
  if (body.kind === 'json') {
    const { url } = parseInput(keepQueryRequestSchema, body.value, 'the body');
    const bytes = await fetchForAnswer(parts, url, response, signal);
    return { bytes, contentHash: await hashOf(bytes) };
  }
  const [file, ...others] = body.kind === 'picture' ? [body.file] : body.form.files;
  if (file === undefined || others.length > 0) {
    throw new EideticError(
      'INVALID_INPUT',
      'Expected one picture, as the body, in the field "image" of a form, or by its URL in JSON.',
    );
  }
  return file;
}
