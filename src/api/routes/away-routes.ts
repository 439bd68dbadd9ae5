import { Router } from 'express';
import { until } from '../../domain/until.ts';
import { picturesAway } from '../../engine/pictures-away.ts';
import type { ApiParts } from '../api-parts.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { type AwayAnswer, awayAnswerSchema, awayQuerySchema } from '../schemas/away-schema.ts';

const AWAY = {
  id: 'awayPictures',
  method: 'get',
  path: '/v1/away',
  tag: 'Pictures',
  summary: 'Which of these pictures have no file that can be seen at the moment',
  description:
    'Asked apart from searches and lists, because it looks at the disks, and one that does not answer must not hold those up.',
  scope: 'read',
  query: awayQuerySchema,
  answers: { 200: { description: 'Those that are away', content: { 'application/json': awayAnswerSchema } } },
  example: { parameters: { ids: '1,2' }, answer: { status: 200, body: { away: [] } } },
} as const satisfies Operation;

export const AWAY_OPERATIONS: readonly Operation[] = [AWAY];

export function awayRoutes({ library, looking, metrics }: ApiParts): Router {
  const router = Router();
  addRoute(router, AWAY, async ({ query, signal }): Promise<AwayAnswer> => {
    const ids = query.ids.split(',').map(Number);
    const pictures = await metrics.time('catalog', () => library.catalog.pictures.pictures(ids));
    return {
      away: await until(
        looking.run(() => picturesAway(pictures, signal), signal),
        signal,
      ),
    };
  });
  return router;
}
