import { Router } from 'express';
import { type Embedding, similarity } from '../../domain/embedding.ts';
import { EideticError } from '../../domain/errors.ts';
import { clampSimilarity } from '../../domain/neighbor-order.ts';
import type { ContentHash } from '../../domain/picture.ts';
import { vectorIn } from '../../domain/space.ts';
import type { ApiParts } from '../api-parts.ts';
import { hashOf } from '../body/hash-of.ts';
import { type Body, readBody } from '../body/read-body.ts';
import { requireJson } from '../body/require-json.ts';
import { describeInTurn } from '../describe-in-turn.ts';
import { withFetched } from '../fetch/with-fetched.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { type CompareAnswer, compareAnswerSchema, compareRequestSchema } from '../schemas/compare-schema.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { requireEmbedding, requirePicture } from './look-up.ts';

const COMPARE = {
  id: 'compare',
  method: 'post',
  path: '/v1/compare',
  tag: 'Search',
  summary: 'How similar two pictures are',
  description: 'JSON with two pictures by id or url, or a form with a picture in each of the fields a and b.',
  scope: 'read',
  body: {
    'application/json': compareRequestSchema,
    'multipart/form-data': {
      type: 'object',
      required: ['a', 'b'],
      properties: { a: { type: 'string', format: 'binary' }, b: { type: 'string', format: 'binary' } },
    },
  },
  answers: { 200: { description: 'The comparison', content: { 'application/json': compareAnswerSchema } } },
} as const satisfies Operation;

export const COMPARE_OPERATIONS: readonly Operation[] = [COMPARE];

interface Side {
  readonly embedding: Embedding;
  readonly contentHash: ContentHash;
  /** Null when not all pixels were looked at. */
  readonly pixelHash: string | null;
}

export function compareRoutes(parts: ApiParts): Router {
  const router = Router();
  addRoute(router, COMPARE, async ({ request, response, signal }): Promise<CompareAnswer> => {
    const body = await readBody(request, response, parts.bodies);
    const [a, b] = await Promise.all(sidesOf(parts, body, signal));
    return {
      similarity: clampSimilarity(similarity(a.embedding, b.embedding)),
      relation: relationOf(a, b),
    };
  });
  return router;
}

function relationOf(a: Side, b: Side): CompareAnswer['relation'] {
  if (a.contentHash === b.contentHash) {
    return 'identical';
  }
  return a.pixelHash !== null && a.pixelHash === b.pixelHash ? 'same-pixels' : null;
}

function sidesOf(parts: ApiParts, body: Body, signal: AbortSignal): [Promise<Side>, Promise<Side>] {
  if (body.kind !== 'form') {
    const { a, b } = parseInput(compareRequestSchema, requireJson(body), 'the body');
    return [namedSide(parts, a, signal), namedSide(parts, b, signal)];
  }
  const { files } = body.form;
  const [a, b] = ['a', 'b'].map((field) => files.find((file) => file.field === field));
  if (a === undefined || b === undefined || files.length !== 2) {
    throw new EideticError('INVALID_INPUT', 'Expected one picture in each of the fields "a" and "b".');
  }
  return [
    describedSide(parts, a.bytes, a.contentHash, signal),
    describedSide(parts, b.bytes, b.contentHash, signal),
  ];
}

async function namedSide(
  parts: ApiParts,
  { id, url }: { readonly id?: number | undefined; readonly url?: string | undefined },
  signal: AbortSignal,
): Promise<Side> {
  if (id === undefined) {
    const describe = async (bytes: Uint8Array) => describedSide(parts, bytes, await hashOf(bytes), signal);
    return withFetched(parts, url ?? '', signal, describe);
  }
  const { contentHash, pixelHash } = await requirePicture(parts, id);
  return { embedding: await requireEmbedding(parts, id), contentHash, pixelHash };
}

async function describedSide(
  parts: ApiParts,
  bytes: Uint8Array,
  contentHash: ContentHash,
  signal: AbortSignal,
): Promise<Side> {
  const described = await describeInTurn(parts, async () => bytes, signal);
  const embedding = vectorIn(parts.library.space, described);
  return { embedding, contentHash, pixelHash: described.facts.pixelHash };
}
