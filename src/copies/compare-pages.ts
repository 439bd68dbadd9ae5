import { type FractionMap, inPixels } from './fraction-map.ts';
import type { GrayImage } from './gray-image.ts';
import { isAgreeing, isTelling, layOver } from './lay-over.ts';

/** Pixels of the longer side at which pages are compared: letters of a full page are some eight pixels tall. */
export const PAGE_SIDE = 1_120;

/** Share of a page that compression and scanning may spoil; a paragraph of five is a fifth of it. */
const MAY_DIFFER = 0.03;

/** How two pages agree, by tiles of the overlap with detail in both. */
export interface PageAgreement {
  readonly tellingTiles: number;
  readonly agreeingTiles: number;
}

/** Compares two pages of text so closely that another word is seen. @param map from the first to the second */
export function comparePages(a: GrayImage, b: GrayImage, map: FractionMap): PageAgreement {
  const { tiles } = layOver(a, b, inPixels(map, a, b));
  return { tellingTiles: tiles.filter(isTelling).length, agreeingTiles: tiles.filter(isAgreeing).length };
}

/** Whether they say the same. */
export function isSamePage({ tellingTiles, agreeingTiles }: PageAgreement): boolean {
  return tellingTiles > 0 && agreeingTiles >= (1 - MAY_DIFFER) * tellingTiles;
}
