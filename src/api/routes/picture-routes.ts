import { Router } from 'express';
import type { PictureId } from '../../domain/picture.ts';
import { sourceOf } from '../../domain/space.ts';
import { until } from '../../domain/until.ts';
import { lookAtPaths } from '../../engine/look-at-paths.ts';
import { listFiles } from '../../pictures/list-files.ts';
import { listPictures } from '../../pictures/list-pictures.ts';
import type { PathView } from '../../pictures/path-view.ts';
import type { ApiParts } from '../api-parts.ts';
import { EXAMPLE_COPY_MEANING, EXAMPLE_HIT, EXAMPLE_PICTURE } from '../openapi/example-picture.ts';
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
import { type VectorsAnswer, vectorsAnswerSchema } from '../schemas/vector-schema.ts';
import { callerView } from './caller-view.ts';
import { embedOwn } from './embed-search.ts';
import { findHits } from './find-hits.ts';
import { requirePicture } from './look-up.ts';
import { pathViewOf } from './path-view-of.ts';
import { toPictureAnswer } from './picture-answer.ts';

const LIST = {
  id: 'listPictures',
  method: 'get',
  path: '/v1/pictures',
  tag: 'Pictures',
  summary:
    'The pictures of the library or of a folder, the oldest or the newest first; or one by its hash or path',
  description: 'Pictures that come or go between two pages move no other: a cursor stays where it is.',
  scope: 'read',
  query: listQuerySchema,
  answers: { 200: { description: 'A page of pictures', content: { 'application/json': picturePageSchema } } },
  example: {
    parameters: { order: 'newest', limit: 50 },
    answer: { status: 200, body: { pictures: [EXAMPLE_PICTURE], nextCursor: null } },
  },
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
  example: { parameters: { id: 1 }, answer: { status: 200, body: EXAMPLE_PICTURE } },
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
  example: {
    parameters: { id: 1, states: 'true', limit: 100 },
    answer: {
      status: 200,
      body: { files: EXAMPLE_PICTURE.files, states: ['there'], fileCount: 1, nextCursor: null },
    },
  },
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
  example: {
    parameters: { id: 1, space: 'copy', limit: 10 },
    answer: { status: 200, body: { ...EXAMPLE_COPY_MEANING, hits: [EXAMPLE_HIT], nextOffset: null } },
  },
} as const satisfies Operation;

const VECTOR = {
  id: 'pictureVector',
  method: 'get',
  path: '/v1/pictures/{id}/vector',
  tag: 'Pictures',
  summary: 'The vectors by which a picture is found',
  scope: 'read',
  params: pictureParamsSchema,
  answers: { 200: { description: 'Vectors', content: { 'application/json': vectorsAnswerSchema } } },
  example: {
    parameters: { id: 1 },
    answer: {
      status: 200,
      body: {
        id: 1,
        vectors: [
          {
            space: 'similar',
            revision: 1,
            modelKey: '3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855c',
            dimensions: 4,
            vector: [0.5, -0.5, 0.5, 0.5],
          },
        ],
      },
    },
  },
} as const satisfies Operation;

export const PICTURE_OPERATIONS: readonly Operation[] = [LIST, GET, FILES, SIMILAR, VECTOR];

export function pictureRoutes(parts: ApiParts): Router {
  const { library, metrics } = parts;
  const router = Router();
  addRoute(router, LIST, async ({ query, caller }): Promise<PicturePage> => {
    const view = await callerView(parts, caller);
    const { pictures, nextCursor } = await metrics.time('catalog', async () =>
      listPictures(library.catalog.pictures, {
        ...query,
        cursor: query.cursor,
        among: await picturesNamed(parts, query, view),
        filter: view.toFilter({ pathPrefix: query.pathPrefix }),
        mostFiles: MOST_FILES_SHOWN,
      }),
    );
    return { pictures: pictures.map((picture) => toPictureAnswer(picture, view)), nextCursor };
  });
  addRoute(router, GET, async ({ params, caller }) => {
    const picture = await requirePicture(parts, params.id, MOST_FILES_SHOWN);
    return toPictureAnswer(picture, await callerView(parts, caller));
  });
  addRoute(router, FILES, async ({ params, query, caller, signal }): Promise<FilesPage> => {
    const picture = await requirePicture(parts, params.id);
    const view = await pathViewOf(library, caller);
    const { files, nextCursor } = listFiles(picture, query.limit, query.cursor);
    const paths = files.map(({ path }) => path);
    const looks = query.states === 'true' ? await until(lookAtPaths(library, paths), signal) : null;
    return {
      files: paths.map((path) => view.show(path)),
      states: looks && paths.map((path) => looks.get(path)?.kind ?? 'away'),
      fileCount: picture.files.length,
      nextCursor,
    };
  });
  addRoute(router, SIMILAR, async ({ params, query, caller, signal }) => {
    const view = await callerView(parts, caller);
    const searched = library.spaces.named(query.space);
    const asked = await embedOwn(parts, searched, params.id, undefined, signal);
    return findHits(parts, searched, asked, query, view, signal);
  });
  addRoute(router, VECTOR, async ({ params: { id } }): Promise<VectorsAnswer> => {
    await requirePicture(parts, id, 1);
    const { descriptors } = library.catalog;
    const vectors: VectorsAnswer['vectors'] = [];
    for (const { space } of library.spaces.all) {
      const vector = await descriptors.vectorOfPicture(sourceOf(space), id);
      if (vector !== null) {
        const { id: name, revision, modelKey, dimensions } = space;
        vectors.push({ space: name, revision, modelKey, dimensions, vector: [...vector] });
      }
    }
    return { id, vectors };
  });
  return router;
}

/** The pictures that a hash or a path names; null when neither is given. */
async function picturesNamed(
  { library: { catalog } }: ApiParts,
  { sha256, path }: { readonly sha256?: string | undefined; readonly path?: string | undefined },
  view: PathView,
): Promise<PictureId[] | null> {
  if (sha256 !== undefined) {
    const found = await catalog.files.findByHash(sha256.toLowerCase(), []);
    return found === null ? [] : [found.id];
  }
  if (path === undefined) {
    return null;
  }
  const known = await Promise.all(view.locate(path).map((absolute) => catalog.files.knownFile(absolute, [])));
  return known.flatMap((file) => (file?.indexed ? [file.indexed.pictureId] : []));
}
