import { Router } from 'express';
import { z } from 'zod';
import { EideticError } from '../../domain/errors.ts';
import type { PlanState } from '../../engine/library-plans.ts';
import type { ApiParts } from '../api-parts.ts';
import { readBody } from '../body/read-body.ts';
import { requireJson } from '../body/require-json.ts';
import { EXAMPLE_PLAN, EXAMPLE_PLAN_LINES } from '../openapi/example-plan.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { parseInput } from '../schemas/parse-input.ts';
import {
  type PlanAnswer,
  type PlansPage,
  planParamsSchema,
  planRequestSchema,
  planSchema,
  plansPageSchema,
  plansQuerySchema,
} from '../schemas/plan-schema.ts';
import { callerView } from './caller-view.ts';
import { copyWishOf } from './copy-wish-of.ts';
import { plansBehind, toPlanCursor } from './plan-cursor.ts';
import { actionAsked, rulesAsked } from './plan-wish-of.ts';
import { questionOf } from './question-of.ts';

// Plans name whole paths, and are for who works at the machine.
const COMMON = { tag: 'Plans', scope: 'admin' } as const;

const MAKE = {
  ...COMMON,
  id: 'makePlan',
  method: 'post',
  path: '/v1/plans',
  summary: 'Begins to plan which duplicates are kept and what is done to the others',
  description:
    'Nothing is moved, here or later: the server keeps the plan, and "eidetic apply" carries it out where the files are. What takes part and what is left is as with "eidetic plan": equal pictures, and copies where they are asked for; never what is only similar or may be a copy. Plans are made one after the other; how far the report is that one waits for tells /v1/duplicates/progress.',
  body: { 'application/json': planRequestSchema },
  answers: {
    202: {
      description: 'It is being made; the Location header has its address',
      content: { 'application/json': planSchema },
    },
  },
  example: {
    body: { action: 'trash', keep: 'best' },
    answer: {
      status: 202,
      body: { ...EXAMPLE_PLAN, state: 'making', overview: null } satisfies PlanAnswer,
    },
  },
} as const satisfies Operation;

const LIST = {
  ...COMMON,
  id: 'listPlans',
  method: 'get',
  path: '/v1/plans',
  summary: 'Plans that were made here, the latest first',
  query: plansQuerySchema,
  answers: { 200: { description: 'A page of plans', content: { 'application/json': plansPageSchema } } },
  example: {
    parameters: { limit: 20 },
    answer: { status: 200, body: { plans: [EXAMPLE_PLAN], nextCursor: null } },
  },
} as const satisfies Operation;

const GET = {
  ...COMMON,
  id: 'getPlan',
  method: 'get',
  path: '/v1/plans/{id}',
  summary: 'How far a plan is, and what it comes to',
  params: planParamsSchema,
  answers: { 200: { description: 'The plan', content: { 'application/json': planSchema } } },
  example: { parameters: { id: EXAMPLE_PLAN.id }, answer: { status: 200, body: EXAMPLE_PLAN } },
} as const satisfies Operation;

const FILE = {
  ...COMMON,
  id: 'getPlanFile',
  method: 'get',
  path: '/v1/plans/{id}/file',
  summary: 'The file that "eidetic apply" takes',
  description:
    'JSON Lines: a header, then one action a line, each with the file that is dropped, the one that is kept, their hashes, and the reason in words. 404 until the plan is made.',
  params: planParamsSchema,
  answers: { 200: { description: 'The lines', content: { 'application/jsonl': z.string() } } },
  example: {
    parameters: { id: EXAMPLE_PLAN.id },
    answer: { status: 200, body: EXAMPLE_PLAN_LINES },
  },
} as const satisfies Operation;

const DELETE = {
  ...COMMON,
  id: 'deletePlan',
  method: 'delete',
  path: '/v1/plans/{id}',
  summary: 'Stops making a plan, or takes it away',
  description:
    'What was done of it stays, and can be taken back: "eidetic undo" needs no plan, only what was written down while it was carried out.',
  params: planParamsSchema,
  answers: { 204: { description: 'It is gone' } },
  example: { parameters: { id: EXAMPLE_PLAN.id }, answer: { status: 204 } },
} as const satisfies Operation;

export const PLAN_OPERATIONS: readonly Operation[] = [MAKE, LIST, GET, FILE, DELETE];

export function planRoutes(parts: ApiParts): Router {
  const { library, plans, basePath } = parts;
  const router = Router();
  addRoute(router, MAKE, async ({ request, response, caller }): Promise<PlanAnswer> => {
    const body = requireJson(await readBody(request, response, parts.bodies));
    const asked = parseInput(planRequestSchema, body, 'the body');
    const view = await callerView(parts, caller);
    const plan = await plans.make({
      question: await questionOf(library.catalog.pictures, asked, view),
      copies: copyWishOf(asked),
      rules: rulesAsked(asked),
      ...actionAsked(asked),
    });
    response.status(202).location(`${basePath}/v1/plans/${plan.planId}`);
    return toAnswer(plan);
  });
  addRoute(router, LIST, async ({ query: { limit, cursor } }): Promise<PlansPage> => {
    const rest = plansBehind(await plans.all(), cursor);
    const shown = rest.slice(0, limit);
    const last = shown.at(-1);
    return {
      plans: shown.map(toAnswer),
      nextCursor: last !== undefined && rest.length > limit ? toPlanCursor(last) : null,
    };
  });
  addRoute(router, GET, async ({ params }) => toAnswer(await requirePlan(params.id)));
  addRoute(router, FILE, async ({ params, response }) => {
    const { state, planId } = await requirePlan(params.id);
    if (state !== 'made') {
      throw new EideticError(
        'NOT_FOUND',
        `The plan ${planId} is not made: ${state === 'making' ? 'it is being made, so ask again' : 'it failed, and says why'}.`,
      );
    }
    response.attachment(`plan-${planId}.jsonl`).type('application/jsonl');
    await new Promise<void>((resolve, reject) => {
      response.sendFile(plans.pathOf(planId), { dotfiles: 'allow', cacheControl: false }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  });
  addRoute(router, DELETE, async ({ params, response }) => {
    if (!(await plans.remove(params.id))) {
      throw noPlan(params.id);
    }
    response.status(204).end();
  });
  return router;

  async function requirePlan(id: string): Promise<PlanState> {
    const plan = await plans.get(id);
    if (plan === null) {
      throw noPlan(id);
    }
    return plan;
  }
}

function noPlan(id: string): EideticError {
  return new EideticError('NOT_FOUND', `There is no plan ${id}; /v1/plans lists those that there are.`);
}

function toAnswer({ planId, ...plan }: PlanState): PlanAnswer {
  return { id: planId, ...plan };
}
