import type { Picture } from '../../client/eidetic-client.ts';
import { client } from '../state/server.ts';

/** Longest sides that are asked for, pixels: two suffice, and what was loaded is shown again elsewhere. */
const SMALL = 256;
const LARGE = 512;

/** Where a thumbnail is that is sharp at a size. @param side longest one as it is shown, CSS pixels */
export function thumbnailOf(picture: Pick<Picture, 'thumbnail'>, side: number): string {
  const address = new URL(client.addressOf(picture.thumbnail));
  address.searchParams.set('size', String(side * devicePixelRatio <= SMALL * 1.3 ? SMALL : LARGE));
  return address.href;
}
