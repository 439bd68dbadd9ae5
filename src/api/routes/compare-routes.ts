import { type Response, Router } from 'express';
import type { DescribedPicture } from '../../domain/descriptor.ts';
import { type Embedding, similarity } from '../../domain/embedding.ts';
import { EideticError } from '../../domain/errors.ts';
import { clampSimilarity } from '../../domain/neighbor-order.ts';
import type { ContentHash } from '../../domain/picture.ts';
import { COPY, SIMILAR, vectorIn } from '../../domain/space.ts';
import { until } from '../../domain/until.ts';
import {
  type ComparedPicture,
  comparePictures,
  type PictureComparison,
} from '../../engine/compare-pictures.ts';
import { pixelsOf } from '../../engine/library-pixels.ts';
import { type LibrarySpace, meaningOf } from '../../engine/library-spaces.ts';
import type { ApiParts } from '../api-parts.ts';
import { hashOf } from '../body/hash-of.ts';
import { type Body, readBody } from '../body/read-body.ts';
import type { ReadBytes } from '../body/read-bytes.ts';
import { requireJson } from '../body/require-json.ts';
import { describeInTurn } from '../describe-in-turn.ts';
import { fetchForAnswer } from '../fetch/fetch-for-answer.ts';
import { EXAMPLE_COPY_MEANING } from '../openapi/example-picture.ts';
import { EXAMPLE_VERIFICATION } from '../openapi/example-verification.ts';
import { requireKept } from '../queries/require-kept.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import {
  type CompareAnswer,
  compareAnswerSchema,
  compareOptionsSchema,
  compareRequestSchema,
  type ParsedCompareSide,
} from '../schemas/compare-schema.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { requireEmbedding, requirePicture } from './look-up.ts';

const COMPARE = {
  id: 'compare',
  method: 'post',
  path: '/v1/compare',
  tag: 'Search',
  summary: 'How similar two pictures are, and whether they are equal or copies',
  description:
    'JSON with two pictures by id, sha256 or url, or a form with a picture in each of the fields a and b, and the space to compare them in. Of pictures of one size that are not known to be equal all pixels are looked at. What is not equal is laid over each other: whether one is a copy of the other, which part of it, and what was done to it.',
  scope: 'read',
  body: {
    'application/json': compareRequestSchema,
    'multipart/form-data': {
      type: 'object',
      required: ['a', 'b'],
      properties: {
        a: { type: 'string', format: 'binary' },
        b: { type: 'string', format: 'binary' },
        space: { type: 'string', enum: [SIMILAR, COPY], default: SIMILAR },
      },
    },
  },
  answers: { 200: { description: 'The comparison', content: { 'application/json': compareAnswerSchema } } },
  example: {
    body: { a: { id: 1 }, b: { id: 2 }, space: 'copy' },
    answer: {
      status: 200,
      body: {
        ...EXAMPLE_COPY_MEANING,
        similarity: 0.9431,
        relation: 'copy',
        pixels: 'different',
        unknownBecause: null,
        verification: EXAMPLE_VERIFICATION,
        words: ['B is the right half of A (50 % of it), at 60 % of its size, without color.'],
      },
    },
  },
} as const satisfies Operation;

export const COMPARE_OPERATIONS: readonly Operation[] = [COMPARE];

interface Side extends ComparedPicture {
  readonly embedding: Embedding;
  readonly isDrawing: boolean;
}

export function compareRoutes(parts: ApiParts): Router {
  const router = Router();
  addRoute(router, COMPARE, async ({ request, response, signal }): Promise<CompareAnswer> => {
    const body = await readBody(request, response, parts.bodies);
    const { searched, sides } = sidesOf(parts, body, response, signal);
    const [a, b] = await Promise.all(sides);
    return {
      ...meaningOf(searched),
      similarity: clampSimilarity(similarity(a.embedding, b.embedding)),
      ...asAnswered(await compareInTurn(parts, a, b, signal)),
    };
  });
  return router;
}

/** Takes its turn among the pictures that are described, as its decoding does. @throws EideticError OVERLOADED */
function compareInTurn(
  { library, inference }: ApiParts,
  a: Side,
  b: Side,
  signal: AbortSignal,
): Promise<PictureComparison> {
  const queue = a.isDrawing || b.isDrawing ? inference.unbounded : inference.bounded;
  const compare = () => comparePictures(a, b, library.verifier());
  return until(queue.run(compare, signal), signal);
}

/** Only what the schema names, in arrays of its own. */
function asAnswered({ verification, words, ...told }: PictureComparison): ComparisonAnswer {
  return {
    ...told,
    verification: verification && {
      ...verification,
      evidence: { ...verification.evidence, bands: [...verification.evidence.bands] },
    },
    words: [...words],
  };
}

/** An answer but for the similarity. */
type ComparisonAnswer = Omit<CompareAnswer, 'space' | 'bounds' | 'similarity'>;

function sidesOf(
  parts: ApiParts,
  body: Body,
  response: Response,
  signal: AbortSignal,
): { readonly searched: LibrarySpace; readonly sides: readonly [Promise<Side>, Promise<Side>] } {
  const { spaces } = parts.library;
  if (body.kind !== 'form') {
    const { a, b, space } = parseInput(compareRequestSchema, requireJson(body), 'the body');
    const searched = spaces.named(space);
    const sideOf = (named: typeof a) => namedSide(parts, searched, named, response, signal);
    return { searched, sides: [sideOf(a), sideOf(b)] };
  }
  const { fields, files } = body.form;
  const searched = spaces.named(parseInput(compareOptionsSchema, { ...fields }, 'the form').space);
  const [a, b] = ['a', 'b'].map((field) => files.find((file) => file.field === field));
  if (a === undefined || b === undefined || files.length !== 2) {
    throw new EideticError('INVALID_INPUT', 'Expected one picture in each of the fields "a" and "b".');
  }
  const sideOf = (file: typeof a) => describedSide(parts, searched, file.bytes, file.contentHash, signal);
  return { searched, sides: [sideOf(a), sideOf(b)] };
}

async function namedSide(
  parts: ApiParts,
  searched: LibrarySpace,
  { id, sha256, url }: ParsedCompareSide,
  response: Response,
  signal: AbortSignal,
): Promise<Side> {
  if (sha256 !== undefined) {
    const { bytes, described } = requireKept(parts.queries, sha256);
    return sideOfBytes(parts, searched, { bytes, contentHash: sha256, described }, signal);
  }
  if (id === undefined) {
    const bytes = await fetchForAnswer(parts, url ?? '', response, signal);
    return describedSide(parts, searched, bytes, await hashOf(bytes), signal);
  }
  const picture = await requirePicture(parts, id);
  return {
    embedding: await requireEmbedding(parts, searched.space, id),
    contentHash: picture.contentHash,
    facts: picture,
    isDrawing: picture.format === 'svg',
    pixels: () => pixelsOf(parts.library, picture, signal),
    // Without the signal: others may wait for the same view.
    view: () => parts.library.verifier().views.ofPicture(picture),
  };
}

async function describedSide(
  parts: ApiParts,
  searched: LibrarySpace,
  bytes: Uint8Array,
  contentHash: ContentHash,
  signal: AbortSignal,
): Promise<Side> {
  // A copy goes to be described: what is handed over there is gone here, and may be wanted for its pixels. (The slice of
  // a Buffer would be no copy.)
  const described = await describeInTurn(parts, async () => new Uint8Array(bytes), signal);
  return sideOfBytes(parts, searched, { bytes, contentHash, described }, signal);
}

function sideOfBytes(
  parts: ApiParts,
  searched: LibrarySpace,
  { bytes, contentHash, described }: ReadBytes & { readonly described: DescribedPicture },
  signal: AbortSignal,
): Side {
  return {
    embedding: vectorIn(searched.space, described),
    contentHash,
    facts: described.facts,
    isDrawing: described.facts.format === 'svg',
    pixels: () => parts.library.pixelHasher().hashBytes(bytes, signal),
    view: () => parts.library.verifier().views.ofBytes(bytes, signal),
  };
}
