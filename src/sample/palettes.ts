/** The light of a day outdoors. */
export interface Daylight {
  /** The sky from the zenith to the horizon. */
  readonly sky: readonly [string, string, string];
  readonly sun: string;
  readonly cloud: string;
  /** The farthest and the nearest land. */
  readonly far: string;
  readonly near: string;
  readonly water: string;
  /** Height of the sun, 0 the top of the picture, 1 its foot. */
  readonly sunHeight: number;
}

const DAWN: Daylight = {
  sky: ['#39457c', '#cf8ea0', '#ffdcae'],
  sun: '#fff3cf',
  cloud: '#ffc6b4',
  far: '#b58fa8',
  near: '#2c2442',
  water: '#4d5687',
  sunHeight: 0.4,
};

const NOON: Daylight = {
  sky: ['#1f66b8', '#6db0e6', '#dcf0fb'],
  sun: '#ffffff',
  cloud: '#ffffff',
  far: '#8fb2cc',
  near: '#2d5a36',
  water: '#12609a',
  sunHeight: 0.12,
};

const GOLDEN: Daylight = {
  sky: ['#6a86a8', '#f0b96a', '#fff0b8'],
  sun: '#fffbe0',
  cloud: '#fff0c8',
  far: '#d9b078',
  near: '#5a3a1c',
  water: '#8a7040',
  sunHeight: 0.33,
};

const DUSK: Daylight = {
  sky: ['#1d1440', '#8f2a5e', '#ff7a3a'],
  sun: '#ffd27a',
  cloud: '#ff6a5a',
  far: '#7a2a55',
  near: '#150a22',
  water: '#3a1648',
  sunHeight: 0.44,
};

const STORM: Daylight = {
  sky: ['#2a3138', '#5a6670', '#b8c0bc'],
  sun: '#e8ece4',
  cloud: '#8a949a',
  far: '#7f8d92',
  near: '#1c2622',
  water: '#34454c',
  sunHeight: 0.2,
};

const TEAL: Daylight = {
  sky: ['#0b3b4a', '#2f9a9a', '#e8f0c0'],
  sun: '#ffffe0',
  cloud: '#d8f0dc',
  far: '#6fb5a8',
  near: '#06282c',
  water: '#0d5f66',
  sunHeight: 0.3,
};

const WINTER: Daylight = {
  sky: ['#8ea6c4', '#c9d6e6', '#f6f2f4'],
  sun: '#fffaf0',
  cloud: '#ffffff',
  far: '#b9c8dc',
  near: '#46586e',
  water: '#7f9ab8',
  sunHeight: 0.25,
};

const LILAC: Daylight = {
  sky: ['#5b4fa8', '#b08ad8', '#ffc8dc'],
  sun: '#fff0f4',
  cloud: '#ffd8ea',
  far: '#9d86cc',
  near: '#2a1f55',
  water: '#6552a8',
  sunHeight: 0.36,
};

const MOONLIT: Daylight = {
  sky: ['#040818', '#10224a', '#2f5480'],
  sun: '#e8f0ff',
  cloud: '#2a4068',
  far: '#24426c',
  near: '#050a14',
  water: '#0a1a38',
  sunHeight: 0.18,
};

export const DAYLIGHTS: readonly Daylight[] = [DAWN, NOON, GOLDEN, DUSK, STORM, TEAL, WINTER, LILAC, MOONLIT];

/** Lights in which the sun is up, for scenes that a night would hide. */
export const BRIGHT_DAYLIGHTS: readonly Daylight[] = [NOON, GOLDEN, WINTER, TEAL, DAWN, STORM, LILAC];

/** Five colors that go together: ground, two main ones, an accent, the darkest. */
type Palette = readonly [string, string, string, string, string];

export const PALETTES: readonly Palette[] = [
  ['#f4e8d4', '#d9532c', '#1f5f7a', '#f2b134', '#1d2433'],
  ['#0f2a3a', '#e8c468', '#2a9d8f', '#e76f51', '#071520'],
  ['#f7d9d4', '#b8336a', '#726da8', '#ff9b71', '#2b1b3d'],
  ['#dfe8d0', '#4a7c3a', '#a3b763', '#e0a526', '#22331c'],
  ['#2a2a48', '#e8505b', '#c9ada7', '#f9d56e', '#14142a'],
  ['#fff3b0', '#e09f3e', '#9e2a2b', '#335c67', '#3a0f14'],
  ['#d8ecf3', '#3d7ea6', '#ff8360', '#ffd166', '#14304a'],
  ['#2d0f3a', '#ff3d7f', '#7f3fff', '#ffb84d', '#12041a'],
  ['#e9e4dc', '#8a8577', '#b5443a', '#d8c8a8', '#2e2b26'],
  ['#cdeac0', '#ff928b', '#fec3a6', '#3a7d6b', '#254441'],
  ['#0b3d2e', '#f0e3b2', '#d98324', '#5fa777', '#04201a'],
];
