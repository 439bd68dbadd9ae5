import { Router } from 'express';
import { listFiles } from '../../pictures/list-files.ts';
import { listPictures } from '../../pictures/list-pictures.ts';
import type { ApiParts } from '../api-parts.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import {
  type FilesPage,
  filesPageSchema,
  filesQuerySchema,
  listQuerySchema,
  MOST_FILES_SHOWN,
  type PicturePage,
  picturePageSchema,
  pictureParamsSchema,
  pictureSchema,
} from '../schemas/picture-schema.ts';
import { searchAnswerSchema, searchQuerySchema } from '../schemas/search-schema.ts';
import { callerView } from './caller-view.ts';
import { findHits } from './find-hits.ts';
import { requireEmbedding, requirePicture } from './look-up.ts';
import { pathViewOf } from './path-view-of.ts';
import { toPictureAnswer } from './picture-answer.ts';

const LIST = {
  id: 'listPictures',
  method: 'get',
  path: '/v1/pictures',
  tag: 'Pictures',
  summary: 'The pictures of the library, by ascending id',
  scope: 'read',
  query: listQuerySchema,
  answers: { 200: { description: 'A page of pictures', content: { 'application/json': picturePageSchema } } },
} as const satisfies Operation;

const GET = {
  id: 'getPicture',
  method: 'get',
  path: '/v1/pictures/{id}',
  tag: 'Pictures',
  summary: 'One picture',
  scope: 'read',
  params: pictureParamsSchema,
  answers: { 200: { description: 'The picture', content: { 'application/json': pictureSchema } } },
} as const satisfies Operation;

const FILES = {
  id: 'pictureFiles',
  method: 'get',
  path: '/v1/pictures/{id}/files',
  tag: 'Pictures',
  summary: 'The files that hold a picture, all of them, page by page',
  scope: 'read',
  params: pictureParamsSchema,
  query: filesQuerySchema,
  answers: { 200: { description: 'A page of files', content: { 'application/json': filesPageSchema } } },
} as const satisfies Operation;

const SIMILAR = {
  id: 'similarPictures',
  method: 'get',
  path: '/v1/pictures/{id}/similar',
  tag: 'Search',
  summary: 'The pictures most similar to one of the library, without itself',
  scope: 'read',
  params: pictureParamsSchema,
  query: searchQuerySchema,
  answers: { 200: { description: 'Hits', content: { 'application/json': searchAnswerSchema } } },
} as const satisfies Operation;

export const PICTURE_OPERATIONS: readonly Operation[] = [LIST, GET, FILES, SIMILAR];

export function pictureRoutes(parts: ApiParts): Router {
  const { library, metrics } = parts;
  const router = Router();
  addRoute(router, LIST, async ({ query, caller }): Promise<PicturePage> => {
    const view = await callerView(parts, caller);
    const { pictures, nextCursor } = await metrics.time('catalog', () =>
      listPictures(library.catalog.pictures, query.limit, query.cursor, MOST_FILES_SHOWN),
    );
    return { pictures: pictures.map((picture) => toPictureAnswer(picture, view)), nextCursor };
  });
  addRoute(router, GET, async ({ params, caller }) => {
    const picture = await requirePicture(parts, params.id, MOST_FILES_SHOWN);
    return toPictureAnswer(picture, await callerView(parts, caller));
  });
  addRoute(router, FILES, async ({ params, query, caller }): Promise<FilesPage> => {
    const picture = await requirePicture(parts, params.id);
    const view = await pathViewOf(library, caller);
    const { files, nextCursor } = listFiles(picture, query.limit, query.cursor);
    return {
      files: files.map(({ path }) => view.show(path)),
      fileCount: picture.files.length,
      nextCursor,
    };
  });
  addRoute(router, SIMILAR, async ({ params, query, caller, signal }) => {
    const view = await callerView(parts, caller);
    return findHits(parts, await requireEmbedding(parts, params.id), query, view, signal, params.id);
  });
  return router;
}
