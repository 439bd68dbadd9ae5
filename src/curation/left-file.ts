/** Why a file of a group is left where it is, though another one is kept. */
export const LEFT_REASONS = [
  'away',
  'upload',
  'link',
  'outside',
  'decided',
  'shows-more',
  'altered',
  'edited',
  'sharpened',
  'differs',
  'finer',
  'color',
  'fewer-colors',
  'pages',
  'camera',
  'not-compared',
  'raw',
  'sidecar',
  'movie',
  'unread-folder',
  'not-identical',
  'other-device',
  'other-device-than-target',
  'similar',
] as const;
export type LeftReason = (typeof LEFT_REASONS)[number];

/** A file that is left. */
export interface LeftFile {
  readonly path: string;
  readonly why: LeftReason;
  /** The companion for whose sake it is left; null for none. */
  readonly companion: string | null;
}
