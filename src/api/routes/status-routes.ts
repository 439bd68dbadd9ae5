import { Router } from 'express';
import { z } from 'zod';
import type { Library } from '../../engine/library.ts';
import type { ApiParts } from '../api-parts.ts';
import { publicDetail } from '../errors/problem-of.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { type Status, statusSchema } from '../schemas/status-schema.ts';

const STATUS = { 'application/json': statusSchema };

const READY = { answer: { status: 200, body: { state: 'ready', version: '0.1.0', problem: null } } };

const METRICS = {
  id: 'metrics',
  method: 'get',
  path: '/metrics',
  tag: 'Server',
  summary: 'Measurements for Prometheus',
  scope: 'read',
  answers: { 200: { description: 'Prometheus text', content: { 'text/plain': z.string() } } },
  example: { answer: { status: 200, body: 'eidetic_index_pictures 20412\n' } },
} as const satisfies Operation;

export const STATUS_OPERATIONS: readonly Operation[] = [
  {
    id: 'live',
    method: 'get',
    path: '/status/live',
    tag: 'Server',
    summary: 'Whether the process answers at all',
    scope: null,
    answers: { 200: { description: 'It does', content: STATUS } },
    example: READY,
  },
  {
    id: 'status',
    method: 'get',
    path: '/status',
    tag: 'Server',
    summary: 'Whether searches are answered',
    scope: null,
    answers: {
      200: { description: 'They are', content: STATUS },
      503: { description: 'The server is starting or stopping, or its library is lost', content: STATUS },
    },
    example: READY,
  },
  METRICS,
];

const LOST =
  'The library was deleted or replaced while this server had it open, or its disk does not answer; put it back, then start the server again. Nothing can be added to it, and what is found may be out of date.';

const MOVED =
  'The library was brought over to another model or input size after this server was started, which goes on with the former; start it again to search with the new one, and run "eidetic reindex" once more for what was added meanwhile.';

const UNSAVED =
  'The index cannot be saved, so the next start makes it again from the library, which has everything; searches are answered. The log of the server says why.';

/** For everyone: a load balancer has no key. */
export function statusRoutes({ library, hasMoved, state, version }: ApiParts): Router {
  const router = Router();
  const cannotDescribe = library.cannotDescribe && publicDetail(library.cannotDescribe);
  const status = (isMoved = false): Status => {
    const ofLibrary = isMoved ? MOVED : cannotDescribe;
    const problem = ofLibrary ?? (library.spaces.cannotBeSaved ? UNSAVED : null);
    return { state: state.current, version, problem };
  };
  // Without a look at the disk, which may hang.
  router.get('/status/live', (_request, response) => {
    response.locals['operation'] = 'live';
    response.set('Cache-Control', 'no-store').json(status());
  });
  router.get('/status', async (_request, response) => {
    response.locals['operation'] = 'status';
    const isLost = state.current === 'ready' && !(await isThere(library));
    const answer: Status = isLost
      ? { state: 'lost', version, problem: LOST }
      : status(await hasMoved().catch(() => false));
    response.status(answer.state === 'ready' ? 200 : 503);
    response.set('Cache-Control', 'no-store').json(answer);
  });
  return router;
}

function isThere({ catalog }: Library): Promise<boolean> {
  return catalog.requireThere().then(
    () => true,
    () => false,
  );
}

export function metricsRoutes({ metrics }: ApiParts): Router {
  const router = Router();
  addRoute(router, METRICS, async ({ response }) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return router;
}
