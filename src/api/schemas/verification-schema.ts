import { z } from 'zod';
import { COPY_SCORE, UNSURE_SCORE } from '../../copies/judge-pair.ts';
import { schemaRegistry } from './schema-registry.ts';

/** See CopyVerdict. */
export const VERDICTS = ['copy', 'unsure', 'alike', 'different', 'plain'] as const;

const shareSchema = z.number().min(0).max(1);
const sharesSchema = z.object({ a: shareSchema, b: shareSchema });

const mapSchema = z
  .object({
    ...{ xx: z.number(), xy: z.number(), x0: z.number() },
    ...{ yx: z.number(), yy: z.number(), y0: z.number() },
  })
  .register(schemaRegistry, {
    id: 'FractionMap',
    description:
      'Where a point of a is on b, in fractions of width and height from the top left corner: x becomes xx · x + xy · y + x0, y becomes yx · x + yy · y + y0.',
  });

const bandSchema = z.object({
  tiles: z.int().describe('tiles with detail of this size in both'),
  correlation: z
    .number()
    .min(-1.000001)
    .max(1.000001)
    .describe('median over the tiles; 0 where there are none'),
  ratio: z.number().describe('how much stronger the detail of a is than that of b, median over the tiles'),
});

const evidenceSchema = z
  .object({
    keypoints: z.object({ a: z.int(), b: z.int() }).describe('points found in each'),
    matches: z.int().describe('points that look alike in both'),
    inliers: z.int().describe('those of them that agree on one map'),
    map: mapSchema.nullable().describe('null where none was found'),
    overlap: sharesSchema.describe('share of each picture where the other is'),
    tellingTiles: z.int().describe('tiles of the overlap with detail in both'),
    agreeingTiles: z.int().describe('those of them that show the same'),
    hiddenTiles: z.int().describe('tiles of the overlap where one shows something and the other is flat'),
    contraryTiles: z
      .int()
      .describe(
        'tiles of the overlap where both show something, and not the same; with two or more of them a pair is no more than unsure',
      ),
    bands: z
      .array(bandSchema)
      .describe('detail of 1, 2 and 4 pixels of pictures whose longer side is 320; empty without a map'),
    shift: z
      .number()
      .nullable()
      .describe(
        'median of pixels that a tile is off where it would fit best; null where too few tiles tell it',
      ),
    chroma: sharesSchema.describe('mean distance of color from gray'),
  })
  .register(schemaRegistry, {
    id: 'PairEvidence',
    description: 'What laying one picture over the other told.',
  });

const placementSchema = z
  .object({
    isMirrored: z.boolean(),
    turnedDegrees: z.number().describe('clockwise, above -180 to 180; after it was mirrored left to right'),
    scale: z
      .object({ x: z.number(), y: z.number() })
      .describe('pixels of b to one of a, along each side of a'),
    region: z
      .object({ x: shareSchema, y: shareSchema, width: shareSchema, height: shareSchema })
      .describe('frame of a on b, cut to what of it is there, in fractions of b'),
  })
  .register(schemaRegistry, { id: 'Placement', description: 'How a lies in b.' });

export const verificationSchema = z
  .object({
    verdict: z
      .enum(VERDICTS)
      .describe(
        'copy: one was made from the other, or both from one; unsure: a copy, or another shot; alike: things in both fit together, but not the whole; different: nothing fits together',
      ),
    score: z
      .number()
      .describe(`what the evidence comes to: a copy from ${COPY_SCORE}, unsure from ${UNSURE_SCORE}`),
    ruleVersion: z.int().describe('rises when the same pictures may be judged otherwise'),
    evidence: evidenceSchema,
    placement: placementSchema.nullable().describe('null where nothing fits together'),
  })
  .register(schemaRegistry, {
    id: 'Verification',
    description: 'Whether one picture is a copy of another, and how that is known.',
  });
