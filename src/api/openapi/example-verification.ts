/** Of a picture and its right half, smaller and without color. */
export const EXAMPLE_VERIFICATION = {
  verdict: 'copy',
  score: 4.68,
  ruleVersion: 2,
  evidence: {
    keypoints: { a: 229, b: 231 },
    matches: 93,
    inliers: 74,
    map: { xx: 2, xy: 0, x0: -1, yx: 0, yy: 1, y0: 0 },
    overlap: { a: 0.4975, b: 0.9925 },
    tellingTiles: 78,
    agreeingTiles: 78,
    hiddenTiles: 0,
    contraryTiles: 0,
    bands: [
      { tiles: 74, correlation: 0.61, ratio: 0.94 },
      { tiles: 78, correlation: 0.93, ratio: 0.98 },
      { tiles: 78, correlation: 0.99, ratio: 1.01 },
    ],
    shift: 0.12,
    chroma: { a: 0.2137, b: 0.0009 },
  },
  placement: {
    isMirrored: false,
    turnedDegrees: 0,
    scale: { x: 0.6, y: 0.6 },
    region: { x: 0, y: 0, width: 1, height: 1 },
  },
} as const;
