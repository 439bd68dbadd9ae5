import type { PictureFilter } from '../domain/filter.ts';
import type { RootId } from '../domain/roots.ts';
import { unicodeForms } from '../domain/unicode-forms.ts';
import { ALL_PATHS, type PathRange, pathsBelow } from './path-range.ts';
import { ABSOLUTE_PATH, isBelow, type StoredRoot, withoutEndingSlash } from './stored-roots.ts';

/** A filter as SQL over `files f` with its root `roots r` and, when `needsPicture`, `pictures p`. */
export interface FilterCondition {
  /** Empty, or beginning with AND. */
  readonly sql: string;
  readonly values: Readonly<Record<string, SqlValue>>;
  readonly needsPicture: boolean;
}

/**
 * The files of pictures, with their roots, as a condition wants them. By the index of pictures, whatever the
 * condition: by that of paths a folder would be walked through for each picture.
 */
export const FILES_OF_PICTURES = 'files f INDEXED BY files_by_picture CROSS JOIN roots r ON r.id = f.root_id';

type SqlValue = string | number | Uint8Array;

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

/**
 * Nothing that a person wrote becomes a pattern.
 * @param roots all of the catalog; asked only when the filter names folders
 */
export function filterCondition(filter: PictureFilter, roots: () => readonly StoredRoot[]): FilterCondition {
  const parts: string[] = [];
  const values: Record<string, SqlValue> = {};
  if (filter.pathPrefix !== undefined) {
    const prefixes = typeof filter.pathPrefix === 'string' ? [filter.pathPrefix] : filter.pathPrefix;
    parts.push(anyOf(pathsAtOrBelow(prefixes.map(withoutEndingSlash), roots()), values));
  }
  if (filter.pathContains !== undefined) {
    const forms = unicodeForms(filter.pathContains);
    parts.push(`(${forms.map((_, i) => `instr(${ABSOLUTE_PATH}, @pathContains${i}) > 0`).join(' OR ')})`);
    for (const [i, form] of forms.entries()) {
      values[`pathContains${i}`] = form;
    }
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

/** One path of a root, or a range of them. */
interface PathsOfRoot {
  readonly rootId: RootId;
  readonly paths: string | PathRange;
}

/** A folder is all paths of the roots at or below it; of a root around it, its own path and a range. */
function pathsAtOrBelow(prefixes: readonly string[], roots: readonly StoredRoot[]): PathsOfRoot[] {
  const found: PathsOfRoot[] = [];
  for (const prefix of prefixes) {
    for (const { id: rootId, path } of roots) {
      if (path === prefix || isBelow(path, prefix)) {
        found.push({ rootId, paths: ALL_PATHS });
      } else if (isBelow(prefix, path)) {
        const below = prefix.slice(path.length + 1);
        found.push({ rootId, paths: below }, { rootId, paths: pathsBelow(below) });
      }
    }
  }
  return found;
}

/** Each with its root, so that each can be a walk along the index of paths. */
function anyOf(wanted: readonly PathsOfRoot[], values: Record<string, SqlValue>): string {
  const conditions = wanted.map(({ rootId, paths }, i) => {
    values[`root${i}`] = rootId;
    if (typeof paths === 'string') {
      values[`path${i}`] = paths;
      return `f.root_id = @root${i} AND f.path = @path${i}`;
    }
    values[`from${i}`] = paths.from;
    values[`to${i}`] = paths.to;
    return `f.root_id = @root${i} AND f.path >= @from${i} AND f.path < @to${i}`;
  });
  return conditions.length === 0 ? 'FALSE' : `(${conditions.join(' OR ')})`;
}
