import { Router } from 'express';
import type { DuplicateGroup } from '../../duplicates/duplicate-group.ts';
import { fromCursor, toCursor } from '../../pictures/cursor.ts';
import type { ApiParts } from '../api-parts.ts';
import { until } from '../request-signal.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import {
  type DuplicatesPage,
  duplicatesPageSchema,
  duplicatesQuerySchema,
} from '../schemas/duplicates-schema.ts';
import { pathViewOf } from './path-view-of.ts';
import { toPictureAnswer } from './picture-answer.ts';

const DUPLICATES = {
  id: 'duplicates',
  method: 'get',
  path: '/v1/duplicates',
  tag: 'Duplicates',
  summary: 'Files with the same bytes, pictures with the same pixels, and look-alikes',
  description:
    'Every two pictures of a group are related; there are no chains. Of a large library the first answer can take longer than the deadline of a request: it is then refused with 503 and goes on being computed, so ask again.',
  scope: 'read',
  query: duplicatesQuerySchema,
  answers: {
    200: { description: 'A page of groups', content: { 'application/json': duplicatesPageSchema } },
  },
} as const satisfies Operation;

export const DUPLICATES_OPERATIONS: readonly Operation[] = [DUPLICATES];

export function duplicatesRoutes(parts: ApiParts): Router {
  const router = Router();
  addRoute(router, DUPLICATES, async ({ query, caller, signal }): Promise<DuplicatesPage> => {
    // A group's lowest id orders the groups, so a cursor holds also when the library changes between two pages.
    const after = fromCursor(query.cursor);
    const { position, report } = await until(parts.duplicates.of(query.minSimilarity ?? null), signal);
    const view = await pathViewOf(parts.library, caller);
    const rest = report.groups.filter((group) => firstId(group) > after);
    const groups = rest.slice(0, query.limit);
    const last = groups.at(-1);
    return {
      generation: position,
      groups: groups.map(({ relation, weakest, pictures }) => ({
        relation,
        weakestSimilarity: weakest?.similarity ?? null,
        pictures: pictures.map((picture) => toPictureAnswer(picture, view)),
      })),
      nextCursor: last !== undefined && rest.length > groups.length ? toCursor(firstId(last)) : null,
    };
  });
  return router;
}

function firstId({ pictures }: DuplicateGroup): number {
  return pictures[0]?.id ?? 0;
}
