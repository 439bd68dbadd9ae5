import { inverted } from './affine.ts';
import { type FractionMap, inFractions, inPixels } from './fraction-map.ts';
import type { GrayImage } from './gray-image.ts';
import { whoHasDetail } from './judge-pair.ts';
import { COVERED, isAgreeing, isHidden, isTelling, layOver, summarizeBands } from './lay-over.ts';
import type { TileAgreement } from './measure-agreement.ts';

/** What a part of two pictures laid over each other says: `flat` ones say nothing. */
export type TileState = 'agrees' | 'differs' | 'flat';

/** A tile of the ground. */
export interface JudgedTile {
  readonly state: TileState;
  /** Fractions of the ground, 0 to 1. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where two pictures agree, tile by tile. */
export interface AgreementTiles {
  /** From the first picture to the second, as they were laid over each other. */
  readonly map: FractionMap;
  /** Whether the tiles are the second picture's; else they are the first one's. */
  readonly isGroundSecond: boolean;
  /** Those that both pictures cover. */
  readonly tiles: readonly JudgedTile[];
}

/** Lays two pictures over each other once more, for who wants to see where they agree. @param map as PairEvidence has it */
export function agreementTiles(a: GrayImage, b: GrayImage, map: FractionMap): AgreementTiles {
  const { overlay, grid, tiles } = layOver(a, b, inPixels(map, a, b));
  const { affine, ground, isGroundSecond } = overlay;
  const isFaded = whoHasDetail(summarizeBands(tiles)) !== 'both';
  return {
    map: inFractions(isGroundSecond ? inverted(affine) : affine, a, b),
    isGroundSecond,
    tiles: grid.boxes.flatMap(({ left, right, top, bottom }, i) => {
      const tile = tiles[i] as TileAgreement;
      const place = {
        ...{ x: left / ground.width, y: top / ground.height },
        ...{ width: (right - left) / ground.width, height: (bottom - top) / ground.height },
      };
      return tile.covered < COVERED ? [] : [{ ...place, state: stateOf(tile, isFaded) }];
    }),
  };
}

/** @param isFaded whether all of one picture has lost its detail, so that nothing was painted over where it has none */
function stateOf(tile: TileAgreement, isFaded: boolean): TileState {
  if (isAgreeing(tile)) {
    return 'agrees';
  }
  return isTelling(tile) || (!isFaded && isHidden(tile)) ? 'differs' : 'flat';
}
