import { Router } from 'express';
import { countSpaces } from '../../engine/count-spaces.ts';
import type { ApiParts } from '../api-parts.ts';
import { EXAMPLE_COPY_MEANING, EXAMPLE_MEANING } from '../openapi/example-picture.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { type SpacesAnswer, spacesAnswerSchema } from '../schemas/space-schema.ts';

const EXAMPLE_MODEL = {
  revision: 1,
  model: 'eidetic-s16',
  modelKey: '3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855c',
  vectors: 20_412,
} as const;

const SPACES = {
  id: 'listSpaces',
  method: 'get',
  path: '/v1/spaces',
  tag: 'Library',
  summary: 'The spaces that can be searched, with the model of each and what its similarities mean',
  scope: 'read',
  answers: { 200: { description: 'All spaces', content: { 'application/json': spacesAnswerSchema } } },
  example: {
    answer: {
      status: 200,
      body: {
        spaces: [
          { ...EXAMPLE_MEANING, ...EXAMPLE_MODEL, dimensions: 192 },
          { ...EXAMPLE_COPY_MEANING, ...EXAMPLE_MODEL, dimensions: 256 },
        ],
        forCopies: 'copy',
      },
    },
  },
} as const satisfies Operation;

export const SPACE_OPERATIONS: readonly Operation[] = [SPACES];

export function spaceRoutes({ library, metrics }: ApiParts): Router {
  const router = Router();
  addRoute(router, SPACES, async (): Promise<SpacesAnswer> => {
    const spaces = await metrics.time('catalog', () => countSpaces(library));
    return { spaces, forCopies: library.spaces.forCopies.space.id };
  });
  return router;
}
