import type { PlacingWay } from './placing-way.ts';

/** Looks at nothing and lays the whole copy upright over the whole original: what the others have to beat. */
export const PLACE_WHOLE: PlacingWay = {
  name: 'whole on whole',
  async place(_copy, _original, looked) {
    looked();
    return { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
  },
  close: async () => {},
};
