import { Router } from 'express';
import { describeLibrary } from '../../engine/describe-library.ts';
import type { ApiParts } from '../api-parts.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { type LibraryAnswer, libraryAnswerSchema } from '../schemas/library-schema.ts';
import { foldersToIndex } from './folders-to-index.ts';

const LIBRARY = {
  id: 'library',
  method: 'get',
  path: '/v1/library',
  tag: 'Library',
  summary: 'What the library holds as a whole, by which models, and what may be indexed into it',
  description:
    'Everything is counted when something has changed since it was last asked for, which takes seconds for a million pictures.',
  scope: 'read',
  answers: { 200: { description: 'The library', content: { 'application/json': libraryAnswerSchema } } },
  example: {
    answer: {
      status: 200,
      body: {
        ...{
          pictures: 19_812,
          files: 20_412,
          bytes: 81_604_378_624,
          failures: 3,
          unsupported: 0,
          others: 12,
          failedSince: 0,
        },
        isReadOnly: false,
        models: [
          {
            key: '3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855c',
            ...{ id: 'eidetic-s16', title: 'Eidetic S/16', inputWidth: 192, inputHeight: 192 },
            ...{ isInUse: true, pictures: 19_812 },
          },
        ],
        path: '/home/ann/library',
        freeBytes: 412_316_860_416,
        mayIndex: ['/photos'],
      },
    },
  },
} as const satisfies Operation;

export const LIBRARY_OPERATIONS: readonly Operation[] = [LIBRARY];

export function libraryRoutes(parts: ApiParts): Router {
  const { library, counted, metrics } = parts;
  const router = Router();
  addRoute(router, LIBRARY, async ({ caller }): Promise<LibraryAnswer> => {
    const seesAll = caller.scopes.has('admin');
    const { path, freeBytes, models, ...rest } = await metrics.time('catalog', () =>
      describeLibrary(library, counted),
    );
    return {
      ...rest,
      models: models.map((model) => ({ ...model })),
      path: seesAll ? path : null,
      freeBytes: seesAll ? freeBytes : null,
      mayIndex: await foldersToIndex(parts, caller),
    };
  });
  return router;
}
