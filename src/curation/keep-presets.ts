import type { RuleSetting } from './rule-settings.ts';

/** Names that programs give to a further copy. */
const COPY_NAMES = { name: { avoid: ['* (?).*', '* (??).*', '*(?).*', '*copy*', '*copie*', '*kopie*'] } };

/** What decides between files that are equally good to look at. */
const AMONG_EQUALS: readonly RuleSetting[] = ['most-metadata', 'most-bytes', COPY_NAMES, 'oldest'];

/**
 * Lists of rules with a name. `best`: nothing of the picture is lost that can be kept; `largest`: pixels before anything
 * else; `original`: what the camera wrote; `oldest`, `newest`: by time alone.
 */
export const KEEP_PRESETS = {
  best: ['uncropped', 'original', 'largest', 'best-format', ...AMONG_EQUALS],
  largest: ['largest', 'uncropped', 'original', 'best-format', ...AMONG_EQUALS],
  original: ['original', 'most-metadata', 'uncropped', 'largest', 'best-format', ...AMONG_EQUALS],
  oldest: ['oldest', 'uncropped', 'original', 'largest', 'best-format', ...AMONG_EQUALS],
  newest: ['newest', 'uncropped', 'original', 'largest', 'best-format', ...AMONG_EQUALS],
} as const satisfies Readonly<Record<string, readonly RuleSetting[]>>;

type KeepPreset = keyof typeof KEEP_PRESETS;

/** The order in which folders are asked about decides first. */
export const BY_FOLDER = 'folder';

/** Names of what is kept. */
export const KEPT_BY = [...(Object.keys(KEEP_PRESETS) as KeepPreset[]), BY_FOLDER] as const;
export type KeptBy = (typeof KEPT_BY)[number];
