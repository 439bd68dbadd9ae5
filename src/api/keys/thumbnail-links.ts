import type { Request } from 'express';
import type { PictureId } from '../../domain/picture.ts';
import type { Caller } from './caller.ts';
import { isSignature } from './key-signature.ts';
import type { ApiKey, KeyStore } from './key-store.ts';

/** Links are signed until the end of an hour, so that those of one hour are equal and browsers keep their pictures. */
const HOUR_SECONDS = 3_600;

/** Where a picture's thumbnail is found. */
export type ThumbnailLink = (id: PictureId) => string;

/**
 * The links to thumbnails for a caller. Who has shown a key gets signed ones, for `<img>`, which sends no header: they
 * are good without a key for one to two hours, as long as the key is, and with any `size`.
 * @param keys null when the server has none: links are then plain
 * @param basePath what comes before every path, such as `/eidetic`, or nothing
 * @param now milliseconds since 1970
 */
export async function thumbnailLinks(
  { keys, basePath }: { readonly keys: KeyStore | null; readonly basePath: string },
  caller: Caller,
  now: number = Date.now(),
): Promise<ThumbnailLink> {
  const signing = (await keys?.signing(caller.id, 'thumbnail link')) ?? null;
  if (signing === null) {
    return (id) => basePath + pathOf(id);
  }
  const expires = (Math.floor(now / 1_000 / HOUR_SECONDS) + 2) * HOUR_SECONDS;
  return (id) => {
    const path = pathOf(id);
    const signature = signing.sign(textOf(path, expires, caller.id));
    return `${basePath}${path}?keyId=${caller.id}&expires=${expires}&signature=${signature}`;
  };
}

function pathOf(id: PictureId): string {
  return `/v1/pictures/${id}/thumbnail`;
}

/** What is signed. The size is not: a page takes the one that it has room for. */
function textOf(path: string, expires: number | string, keyId: string): string {
  return `GET\n${path}\n${expires}\n${keyId}`;
}

/**
 * The key that has signed the link which a request follows; null when it follows none that still holds.
 * @param now milliseconds since 1970
 */
export async function keyOfLink(
  keys: KeyStore,
  { method, path, query }: Pick<Request, 'method' | 'path' | 'query'>,
  now: number = Date.now(),
): Promise<ApiKey | null> {
  const { keyId, expires, signature } = query;
  if (typeof keyId !== 'string' || typeof expires !== 'string' || typeof signature !== 'string') {
    return null;
  }
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isRead || !/^\d{1,12}$/.test(expires) || Number(expires) * 1_000 <= now) {
    return null;
  }
  const signing = await keys.signing(keyId, 'thumbnail link');
  const isSigned = signing !== null && isSignature(signing.sign, textOf(path, expires, keyId), signature);
  return isSigned ? signing.key : null;
}

/** Whether a request names a signature at all, good or not. */
export function namesSignature({ query }: Pick<Request, 'query'>): boolean {
  return query['signature'] !== undefined;
}
