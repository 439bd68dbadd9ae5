import { type Response, Router } from 'express';
import type { PictureFormat } from '../../domain/picture.ts';
import { originalOf } from '../../engine/library-originals.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Proof } from '../keys/caller.ts';
import { addRoute } from '../routing/add-route.ts';
import type { Operation } from '../routing/operation.ts';
import { pictureParamsSchema, thumbnailQuerySchema } from '../schemas/picture-schema.ts';
import { requirePicture } from './look-up.ts';
import { thumbnailOf } from './thumbnail-of.ts';

const THUMBNAIL = {
  id: 'getThumbnail',
  method: 'get',
  path: '/v1/pictures/{id}/thumbnail',
  tag: 'Pictures',
  summary: 'A small upright copy as WebP',
  description:
    'The "thumbnail" of a picture in an answer is this path, and where keys are asked for a signed link: it is good for one to two hours without a key, on any page, and takes a size besides.',
  scope: 'read',
  isSigned: true,
  params: pictureParamsSchema,
  query: thumbnailQuerySchema,
  answers: {
    200: { description: 'The thumbnail', content: { 'image/webp': 'binary' } },
    304: { description: 'The client has it' },
  },
  example: { parameters: { id: 1, size: '256' }, answer: { status: 200 } },
} as const satisfies Operation;

const FILE = {
  id: 'getFile',
  method: 'get',
  path: '/v1/pictures/{id}/file',
  tag: 'Pictures',
  summary: 'The original file, as a whole or in ranges',
  scope: 'read',
  params: pictureParamsSchema,
  answers: {
    200: { description: 'The file', content: { 'image/*': 'binary' } },
    206: { description: 'The range that was asked for', content: { 'image/*': 'binary' } },
    304: { description: 'The client has it' },
  },
  example: { parameters: { id: 1 }, answer: { status: 200 } },
} as const satisfies Operation;

export const PICTURE_BYTES_OPERATIONS: readonly Operation[] = [THUMBNAIL, FILE];

const CONTENT_TYPES: Readonly<Record<PictureFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  heic: 'image/heic',
  tiff: 'image/tiff',
  svg: 'image/svg+xml',
  bmp: 'image/bmp',
  ico: 'image/vnd.microsoft.icon',
};

/** A picture's bytes never change under its id, and ids never come back; keys differ, so no shared cache. */
const FOREVER = 'private, max-age=31536000, immutable';

/**
 * Says how long an answer may be kept, and by whom it may be shown. Who holds a signed link may show what it shows, on
 * a page of any origin, while it holds. What a key or session has let see is not shown to who comes without.
 */
function setTerms(response: Response, proof: Proof, linkExpires = 0): void {
  if (proof === 'link') {
    const seconds = Math.max(0, Math.floor(linkExpires - Date.now() / 1_000));
    response.setHeader('Cache-Control', `private, max-age=${seconds}, immutable`);
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    return;
  }
  response.setHeader('Cache-Control', FOREVER);
  if (proof !== 'none') {
    response.vary('Authorization, X-Api-Key, Cookie');
  }
}

export function pictureBytesRoutes(parts: ApiParts): Router {
  const router = Router();
  addRoute(router, THUMBNAIL, async ({ params, query, caller, request, response, signal }) => {
    const picture = await requirePicture(parts, params.id, 1);
    response.setHeader('ETag', `"${picture.contentHash}-${query.size}"`);
    setTerms(response, caller.proof, Number(query.expires));
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    const thumbnail = await thumbnailOf(parts, picture, Number(query.size), signal);
    response.type('image/webp').send(Buffer.from(thumbnail));
  });
  addRoute(router, FILE, async ({ params, caller, response }) => {
    const picture = await requirePicture(parts, params.id);
    const path = await originalOf(parts.library, picture);
    response.type(CONTENT_TYPES[picture.format]);
    response.setHeader('ETag', `"${picture.contentHash}"`);
    setTerms(response, caller.proof);
    if (picture.format === 'svg') {
      // An SVG is a document that can hold scripts: opened by itself, it must not run with this server's origin.
      response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
      response.attachment(`${picture.contentHash}.svg`);
    }
    await new Promise<void>((resolve, reject) => {
      response.sendFile(
        path,
        {
          dotfiles: 'allow',
          cacheControl: false,
          lastModified: false,
        },
        (error) => (error ? reject(error) : resolve()),
      );
    });
  });
  return router;
}
