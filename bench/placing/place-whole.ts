import type { PlacingWay } from './placing-way.ts';

/** Looks at nothing and lays the whole copy upright over the whole original: what the others have to beat. */
export const PLACE_WHOLE: PlacingWay = {
  name: 'whole on whole',
  place: async () => ({ xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 }),
  close: async () => {},
};
