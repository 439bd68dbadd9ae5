import type { PictureFilter } from '../domain/filter.ts';
import { pathsBelow } from './path-range.ts';

/** A filter as SQL over `files f` and, when `needsPicture`, `pictures p`. */
export interface FilterCondition {
  /** Empty, or beginning with AND. */
  readonly sql: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly needsPicture: boolean;
}

/** Parts of a filter that compare one column of the picture with one value. */
const PICTURE_CONDITIONS = {
  takenAfter: 'p.taken_at >= @takenAfter',
  // A shorter time is a prefix of what it stands for, so that the comparison of text holds.
  takenBefore: 'p.taken_at < @takenBefore',
  camera: 'instr(lower(p.camera), lower(@camera)) > 0',
  minWidth: 'p.width >= @minWidth',
  minHeight: 'p.height >= @minHeight',
  minBytes: 'p.size_bytes >= @minBytes',
  maxBytes: 'p.size_bytes <= @maxBytes',
} as const satisfies Partial<Record<keyof PictureFilter, string>>;

export function filterCondition(filter: PictureFilter): FilterCondition {
  const parts: string[] = [];
  const values: Record<string, string | number> = {};
  if (filter.pathPrefix !== undefined) {
    parts.push(anyPrefix(listOf(filter.pathPrefix), values));
  }
  if (filter.pathGlob !== undefined) {
    parts.push('EXISTS (SELECT 1 FROM json_each(@globs) glob WHERE f.path GLOB glob.value)');
    values['globs'] = JSON.stringify(listOf(filter.pathGlob));
  }
  const ofFiles = parts.length;
  if (filter.formats !== undefined) {
    parts.push('p.format IN (SELECT value FROM json_each(@formats))');
    values['formats'] = JSON.stringify(filter.formats);
  }
  for (const [name, sql] of Object.entries(PICTURE_CONDITIONS)) {
    const value = filter[name as keyof typeof PICTURE_CONDITIONS];
    if (value !== undefined) {
      parts.push(sql);
      values[name] = value;
    }
  }
  return {
    sql: parts.map((part) => ` AND ${part}`).join(''),
    values,
    needsPicture: parts.length > ofFiles,
  };
}

/** Ranges rather than a join, so that each is a walk along the index of paths. */
function anyPrefix(prefixes: readonly string[], values: Record<string, string | number>): string {
  const ranges = prefixes.map((prefix, i) => {
    const { from, to } = pathsBelow(prefix);
    values[`prefix${i}`] = prefix;
    values[`from${i}`] = from;
    values[`to${i}`] = to;
    return `f.path = @prefix${i} OR (f.path > @from${i} AND f.path < @to${i})`;
  });
  return ranges.length === 0 ? 'FALSE' : `(${ranges.join(' OR ')})`;
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
