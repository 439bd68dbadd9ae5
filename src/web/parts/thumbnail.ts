import type { Picture } from '../../client/eidetic-client.ts';
import { client } from '../state/server.ts';

/** Longest sides that lists ask for, pixels: two suffice, and what was loaded is shown again elsewhere. */
const SMALL = 256;
const LARGE = 512;

/** Read once: a list names a thumbnail for every tile, each time that it is drawn. */
const PICTURES = client.addressOf('/v1/pictures');

/** Where a thumbnail is that is sharp at a size. @param side longest one as it is shown, CSS pixels */
export function thumbnailOf(picture: Pick<Picture, 'id'>, side: number): string {
  return thumbnailAt(picture, side * devicePixelRatio <= SMALL * 1.3 ? SMALL : LARGE);
}

/**
 * Where a thumbnail of a size is. By the picture's id and not by the link in an answer: where keys are asked for that is
 * another one with each hour, and the browser would ask for all again. Here the session's cookie opens it.
 * @param size longest side, pixels, one of those that the server draws
 */
export function thumbnailAt({ id }: Pick<Picture, 'id'>, size: number): string {
  return `${PICTURES}/${id}/thumbnail?size=${size}`;
}
