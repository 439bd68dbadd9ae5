import { inverted } from './affine.ts';
import type { PairEvidence } from './compare-views.ts';
import { describeMap, type Placement } from './describe-map.ts';
import type { FractionMap, PixelSize } from './fraction-map.ts';
import { whoHasDetail } from './judge-pair.ts';
import { nameRegion } from './name-region.ts';
import { VIEW_SIDE } from './picture-view.ts';

/** Share of a picture from which all of it is in the other: outermost pixels are not looked at. */
export const WHOLE = 0.97;

/** A factor of scale nearer to 1 than this is none. */
export const SAME_SCALE = 0.015;

/** Likewise of scale in one direction against the other. */
const STRETCHED = 0.03;

/** Mean distance of color from gray: at most that of a picture without color, and at least that of one with some. */
export const GRAY = 0.02;
const COLORED = 0.05;

/** That of a paler picture to that of a stronger one. */
const PALER = 0.6;

/**
 * Share of tiles that agree below which something differs. Where fine detail agrees almost wholly, one tile that does not is
 * told: of 208 crops, frames, turned and recolored copies that agree so 2 had one. Where it agrees less, compression spoils
 * some.
 */
const AGREES_ALL_OVER = { exact: 1, clear: 0.97, spoiled: 0.9 };
const EXACT = 0.97;
const CLEAR = 0.9;

/** One of the two pictures. */
interface Side {
  readonly name: 'A' | 'B';
  readonly size: PixelSize;
  /** Share of it where the other is, 0 to 1. */
  readonly overlap: number;
  readonly chroma: number;
}

/** The picture that is the other one or a part of it, that other one, and how they lie. */
interface Pair {
  readonly part: Side;
  readonly whole: Side;
  /** From the part to the whole. */
  readonly map: FractionMap;
}

/**
 * Says how one picture was made from the other, or where they are one, in sentences about A and B. Who made which cannot be
 * seen: the picture that is told of is the one of which more is in the other.
 * @param map evidence.map
 * @param a size of the first picture, pixels
 */
export function describeEdit(
  evidence: PairEvidence,
  map: FractionMap,
  a: PixelSize,
  b: PixelSize,
): readonly string[] {
  const { overlap, chroma } = evidence;
  const first: Side = { name: 'A', size: a, overlap: overlap.a, chroma: chroma.a };
  const second: Side = { name: 'B', size: b, overlap: overlap.b, chroma: chroma.b };
  const isSecondPart = overlap.b >= overlap.a || overlap.b >= WHOLE;
  const pair = isSecondPart
    ? { part: second, whole: first, map: inverted(map) }
    : { part: first, whole: second, map };
  return [placeSentence(pair), ...lossSentences(evidence, pair), ...differenceSentences(evidence)];
}

function placeSentence({ part, whole, map }: Pair): string {
  const made = describeMap(inverted(map), whole.size, part.size);
  const changes = [
    ...mirrorAndTurn(made),
    ...scaleWords(made.scale),
    ...(part.overlap >= WHOLE ? colorWords(part, whole) : []),
  ];
  const subject = part.overlap >= WHOLE ? part.name : `${percent(part.overlap)} of ${part.name}`;
  const isAll = whole.overlap >= WHOLE;
  if (isAll && part.overlap >= WHOLE && changes.length === 0) {
    return `${part.name} shows all of ${whole.name}, in the same place and size.`;
  }
  const { region } = describeMap(map, part.size, whole.size);
  const place = isAll
    ? `all of ${whole.name}`
    : `${nameRegion(asLargeAs(whole.overlap, region), whole.name)} (${percent(whole.overlap)} of it)`;
  return `${[`${subject} is ${place}`, ...changes].join(', ')}.`;
}

/** The frame of what is turned at an angle is larger than it is. @param share of the whole */
function asLargeAs(share: number, { x, y, width, height }: Placement['region']): Placement['region'] {
  const factor = Math.min(1, Math.sqrt(share / (width * height)));
  return {
    ...{ x: x + ((1 - factor) * width) / 2, y: y + ((1 - factor) * height) / 2 },
    ...{ width: width * factor, height: height * factor },
  };
}

function mirrorAndTurn({ isMirrored, turnedDegrees }: Placement): string[] {
  const degrees = Math.round(turnedDegrees);
  if (isMirrored && Math.abs(degrees) === 180) {
    return ['mirrored top to bottom'];
  }
  const turned =
    degrees === 0
      ? []
      : Math.abs(degrees) === 180
        ? ['turned by 180 degrees']
        : [`turned by ${count(Math.abs(degrees), 'degree')} to the ${degrees > 0 ? 'right' : 'left'}`];
  return [...(isMirrored ? ['mirrored'] : []), ...turned];
}

function scaleWords({ x, y }: Placement['scale']): string[] {
  if (Math.abs(x / y - 1) > STRETCHED) {
    return [`at ${percent(x)} of its width and ${percent(y)} of its height`];
  }
  const scale = Math.sqrt(x * y);
  if (Math.abs(scale - 1) <= SAME_SCALE) {
    return [];
  }
  return [scale < 1 ? `at ${percent(scale)} of its size` : `enlarged to ${percent(scale)} of its size`];
}

/** Of a part, nothing but that it has no color: what is around it may have more or less. */
function colorWords(part: Side, whole: Side): string[] {
  if (part.chroma < GRAY && whole.chroma > COLORED) {
    return ['without color'];
  }
  if (whole.overlap < WHOLE) {
    return [];
  }
  if (whole.chroma < GRAY && part.chroma > COLORED) {
    return [`with color, which ${whole.name} has not`];
  }
  if (part.chroma < PALER * whole.chroma) {
    return part.chroma < GRAY ? [] : ['paler'];
  }
  return whole.chroma < PALER * part.chroma && whole.chroma >= GRAY ? ['with stronger colors'] : [];
}

/** What has so few pixels has no detail anyway, and its size was told. */
function lossSentences({ bands }: PairEvidence, { part, whole }: Pair): string[] {
  const owner = whoHasDetail(bands);
  const faded = owner === 'a' ? 'B' : owner === 'b' ? 'A' : null;
  const side = [part, whole].find(({ name }) => name === faded);
  return side === undefined || Math.max(side.size.width, side.size.height) < VIEW_SIDE
    ? []
    : [`${side.name} is blurred, or was enlarged from a smaller picture.`];
}

function differenceSentences(evidence: PairEvidence): string[] {
  const share = shareDiffering(evidence);
  return share === 0 ? [] : [`Something differs in ${percent(share)} of what can be compared.`];
}

/**
 * Share of what can be compared that differs, 0 to 1; 0 where it is no more than compression does. What is faded hides
 * much, and nothing was painted over.
 */
export function shareDiffering({ tellingTiles, agreeingTiles, hiddenTiles, bands }: PairEvidence): number {
  const [, middle] = bands;
  const correlation = middle?.correlation ?? 0;
  const least = AGREES_ALL_OVER[correlation >= EXACT ? 'exact' : correlation >= CLEAR ? 'clear' : 'spoiled'];
  const compared = tellingTiles + (whoHasDetail(bands) === 'both' ? hiddenTiles : 0);
  return compared === 0 || agreeingTiles >= least * compared ? 0 : 1 - agreeingTiles / compared;
}

/** Whole percents; what is not nothing is not said to be. */
function percent(share: number): string {
  const whole = Math.round(100 * share);
  return whole === 0 ? 'less than 1 %' : `${whole} %`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
