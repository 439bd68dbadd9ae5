import { Router } from 'express';
import type { Decision } from '../../domain/decision.ts';
import { decidePictures } from '../../engine/decide-pictures.ts';
import { type DescribedDecision, describeDecision, isStanding } from '../../engine/describe-decisions.ts';
import { fromCursor, toCursor } from '../../pictures/cursor.ts';
import type { ApiParts } from '../api-parts.ts';
import { readBody } from '../body/read-body.ts';
import { requireJson } from '../body/require-json.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import {
  type DecisionAnswer,
  type DecisionsPage,
  decisionRequestSchema,
  decisionSchema,
  decisionsPageSchema,
  decisionsQuerySchema,
} from '../schemas/decision-schema.ts';
import { parseInput } from '../schemas/parse-input.ts';

const EXAMPLE_DECISION: DecisionAnswer = {
  id: 7,
  kind: 'not-copy',
  decidedBy: 'local',
  decidedAt: '2026-01-02T03:04:05.000Z',
  note: 'two shots of one bird',
  stands: true,
  pictures: [
    { id: 1, contentHash: 'a'.repeat(64), imageDataHash: 'b'.repeat(64) },
    { id: 2, contentHash: 'c'.repeat(64), imageDataHash: null },
  ],
};

const DECIDE = {
  id: 'decide',
  method: 'post',
  path: '/v1/decisions',
  tag: 'Duplicates',
  summary: 'Remembers what somebody decided of pictures',
  description:
    'It is kept by their bytes and image data, and heeded by reports: what is no copy is in no group together, and what is to be kept is left out and counted. Of two pictures the last decision that has both counts.',
  scope: 'write',
  body: { 'application/json': decisionRequestSchema },
  answers: {
    200: { description: 'It is remembered', content: { 'application/json': decisionSchema } },
  },
  example: {
    body: { kind: 'not-copy', pictures: [1, 2], note: 'two shots of one bird' },
    answer: { status: 200, body: EXAMPLE_DECISION },
  },
} as const satisfies Operation;

const LIST = {
  id: 'listDecisions',
  method: 'get',
  path: '/v1/decisions',
  tag: 'Duplicates',
  summary: 'What was decided of pictures',
  scope: 'read',
  query: decisionsQuerySchema,
  answers: {
    200: { description: 'A page of decisions', content: { 'application/json': decisionsPageSchema } },
  },
  example: {
    parameters: { limit: 50 },
    answer: { status: 200, body: { decisions: [EXAMPLE_DECISION], nextCursor: null } },
  },
} as const satisfies Operation;

export const DECISION_OPERATIONS: readonly Operation[] = [DECIDE, LIST];

export function decisionRoutes(parts: ApiParts): Router {
  const { library } = parts;
  const { catalog } = library;
  const router = Router();
  addRoute(router, DECIDE, async ({ request, response, caller }): Promise<DecisionAnswer> => {
    const body = requireJson(await readBody(request, response, parts.bodies));
    const { kind, pictures, note = null } = parseInput(decisionRequestSchema, body, 'the body');
    const [decision] = await decidePictures(library, {
      ...{ kind, sets: [pictures], note },
      decidedBy: caller.id,
    });
    return toAnswer(await describeDecision(catalog, decision as Decision, kind !== 'undecided'));
  });
  addRoute(router, LIST, async ({ query }): Promise<DecisionsPage> => {
    const found = await catalog.decisions.page(query.limit + 1, fromCursor(query.cursor));
    const shown = found.slice(0, query.limit);
    const stands = await isStanding(catalog);
    const decisions: DecisionAnswer[] = [];
    for (const decision of shown) {
      decisions.push(toAnswer(await describeDecision(catalog, decision, stands(decision))));
    }
    const last = shown.at(-1);
    return {
      decisions,
      nextCursor: last !== undefined && found.length > query.limit ? toCursor(last.id) : null,
    };
  });
  return router;
}

/** Without paths: who may read need not know where files lie. */
function toAnswer({ pictures, ...decision }: DescribedDecision): DecisionAnswer {
  return {
    ...decision,
    pictures: pictures.map(({ id, contentHash, imageDataHash }) => ({ id, contentHash, imageDataHash })),
  };
}
