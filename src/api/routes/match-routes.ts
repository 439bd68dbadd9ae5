import { type Response, Router } from 'express';
import { BY_RULE, type ChosenLine, chooseCopies } from '../../copies/choose-copies.ts';
import { EideticError } from '../../domain/errors.ts';
import { clampSimilarity } from '../../domain/neighbor-order.ts';
import { until } from '../../domain/until.ts';
import { type AskedPicture, askedOfBytes, askedOfLibrary } from '../../engine/asked-picture.ts';
import { meaningOf } from '../../engine/library-spaces.ts';
import { matchPicture } from '../../engine/match-picture.ts';
import {
  MOST_LOOKED_AT,
  matchesAt,
  type PictureMatch,
  type PictureMatches,
} from '../../engine/picture-match.ts';
import type { ApiParts } from '../api-parts.ts';
import { hashOf } from '../body/hash-of.ts';
import { type Body, readBody } from '../body/read-body.ts';
import type { ReadBytes } from '../body/read-bytes.ts';
import { describeInTurn } from '../describe-in-turn.ts';
import { fetchForAnswer } from '../fetch/fetch-for-answer.ts';
import { EXAMPLE_COPY_MEANING, EXAMPLE_PICTURE } from '../openapi/example-picture.ts';
import { requireKept } from '../queries/require-kept.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import {
  type MatchAnswer,
  matchAnswerSchema,
  matchQuerySchema,
  matchRequestSchema,
  type ParsedMatch,
} from '../schemas/match-schema.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { MOST_FILES_SHOWN } from '../schemas/picture-schema.ts';
import { type CallerView, callerView } from './caller-view.ts';
import { copyWishOf } from './copy-wish-of.ts';
import { requirePicture } from './look-up.ts';
import { toPictureAnswer } from './picture-answer.ts';

const MATCH = {
  id: 'match',
  method: 'post',
  path: '/v1/match',
  tag: 'Search',
  summary: 'Whether the library has a picture, as it is or as a copy',
  description:
    'The picture is the body, the field "image" of a form, or JSON with exactly one of id, sha256 and url. It is looked for by its bytes, by its image data, and by laying it over the pictures that look most like it; what looks less alike is not looked at. preset, precision or maxFalsePairs draw the line between copies and what may be some. Nothing of it is kept. Files are not looked at for what the bytes told: /v1/away tells whether they are there.',
  scope: 'read',
  query: matchQuerySchema,
  body: {
    'application/json': matchRequestSchema,
    'image/*': 'binary',
    'multipart/form-data': {
      type: 'object',
      required: ['image'],
      properties: { image: { type: 'string', format: 'binary' } },
    },
  },
  answers: { 200: { description: 'The matches', content: { 'application/json': matchAnswerSchema } } },
  example: {
    body: { id: 2 },
    answer: {
      status: 200,
      body: {
        ...EXAMPLE_COPY_MEANING,
        verdict: 'copy',
        leastScore: 3,
        leastHeldBack: null,
        matches: [
          {
            ...EXAMPLE_PICTURE,
            relation: 'copy',
            similarity: 0.8712,
            score: 4.87,
            certainty: 0.9957,
            placement: {
              isMirrored: false,
              turnedDegrees: 0,
              scale: { x: 1, y: 1 },
              region: { x: 0.25, y: 0, width: 0.5, height: 1 },
            },
          },
        ],
        lookedAt: 4,
        unknown: 0,
        isCut: false,
      },
    },
  },
} as const satisfies Operation;

export const MATCH_OPERATIONS: readonly Operation[] = [MATCH];

/** How long an answer waits for the index to catch up with another process, milliseconds. */
const PATIENCE_MS = 500;

export function matchRoutes(parts: ApiParts): Router {
  const { library, inference } = parts;
  const router = Router();
  addRoute(router, MATCH, async ({ request, response, caller, query, signal }): Promise<MatchAnswer> => {
    const wish = copyWishOf({ copies: true, ...query }) ?? BY_RULE;
    const view = await callerView(parts, caller);
    const body = await readBody(request, response, parts.bodies);
    const { asked, mostLookedAt } = await askedBy(parts, body, response, signal);
    // Before its turn to be looked at: it waits for its like.
    const description = await asked.describe();
    const { index } = await library.spaces.forCopies.index.currentWithin(PATIENCE_MS);
    const options = { stopsAtCopy: false, mostLookedAt, mostFiles: MOST_FILES_SHOWN };
    const match = () =>
      matchPicture(library, index, { ...asked, describe: async () => description }, options, signal);
    const found = await until(inference.bounded.run(match, signal), signal);
    return toAnswer(parts, found, chooseCopies(found.looked, wish), view);
  });
  return router;
}

interface AskedMatch {
  readonly asked: AskedPicture;
  /** See LayOverOptions. */
  readonly mostLookedAt: number;
}

/** @throws EideticError INVALID_INPUT, NOT_FOUND, what fetchForAnswer throws */
async function askedBy(
  parts: ApiParts,
  body: Body,
  response: Response,
  signal: AbortSignal,
): Promise<AskedMatch> {
  if (body.kind === 'json') {
    const { mostLookedAt, ...named } = parseInput(matchRequestSchema, body.value, 'the body');
    return { asked: await namedPicture(parts, named, response, signal), mostLookedAt };
  }
  const [file, ...others] = body.kind === 'picture' ? [body.file] : body.form.files;
  if (file === undefined || others.length > 0) {
    throw new EideticError(
      'INVALID_INPUT',
      'Expected one picture: as the body, in the field "image" of a form, or by id, sha256 or url in JSON.',
    );
  }
  return { asked: sentPicture(parts, file, signal), mostLookedAt: MOST_LOOKED_AT };
}

async function namedPicture(
  parts: ApiParts,
  { id, sha256, url = '' }: Omit<ParsedMatch, 'mostLookedAt'>,
  response: Response,
  signal: AbortSignal,
): Promise<AskedPicture> {
  if (id !== undefined) {
    return askedOfLibrary(parts.library, await requirePicture(parts, id), signal);
  }
  if (sha256 !== undefined) {
    const { bytes, described } = requireKept(parts.queries, sha256);
    return askedOfBytes(parts.library, { bytes, contentHash: sha256 }, async () => described, signal);
  }
  const bytes = await fetchForAnswer(parts, url, response, signal);
  return sentPicture(parts, { bytes, contentHash: await hashOf(bytes) }, signal);
}

function sentPicture(parts: ApiParts, sent: ReadBytes, signal: AbortSignal): AskedPicture {
  const describe = (bytes: Uint8Array) => describeInTurn(parts, async () => bytes, signal);
  return askedOfBytes(parts.library, sent, describe, signal);
}

function toAnswer(
  { library }: ApiParts,
  found: PictureMatches,
  { certaintyOf, ...line }: ChosenLine,
  view: CallerView,
): MatchAnswer {
  const { matches, verdict, lookedAt, unknown, isCut } = matchesAt(found, line);
  const certainty = ({ scored }: PictureMatch) => scored && certaintyOf(scored);
  return {
    ...meaningOf(library.spaces.forCopies),
    ...{ verdict, leastScore: line.leastScore, leastHeldBack: line.leastHeldBack },
    matches: matches.map((match) => toMatchAnswer(match, certainty(match), view)),
    ...{ lookedAt, unknown, isCut },
  };
}

function toMatchAnswer(
  { picture, relation, similarity, score, placement }: PictureMatch,
  certainty: number | null,
  view: CallerView,
): MatchAnswer['matches'][number] {
  return Object.assign(toPictureAnswer(picture, view), {
    ...{ relation, score, certainty, placement },
    similarity: similarity === null ? null : clampSimilarity(similarity),
  });
}
