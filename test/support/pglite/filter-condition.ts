import type { PictureFilter } from '../../../src/domain/filter.ts';
import { unicodeForms } from '../../../src/domain/unicode-forms.ts';

/** Takes a value and returns its place in a statement, such as `$3`. */
export type Bind = (value: unknown) => string;

/**
 * A filter as a condition on `files f` with their `pictures p`. Nothing that a person wrote becomes a pattern, and a
 * folder is a range of paths that the index of paths can walk along.
 */
export function filterCondition(filter: PictureFilter, bind: Bind): string {
  const conditions = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const condition = CONDITIONS[name as keyof PictureFilter] as (value: unknown, bind: Bind) => string;
      return condition(value, bind);
    });
  return conditions.length === 0 ? 'TRUE' : conditions.join(' AND ');
}

type Conditions = {
  readonly [Name in keyof PictureFilter]-?: (value: Required<PictureFilter>[Name], bind: Bind) => string;
};

const CONDITIONS: Conditions = {
  pathPrefix: (prefixes, bind) => {
    const folders = typeof prefixes === 'string' ? [prefixes] : prefixes;
    const any = folders.map((folder) => atOrBelow(folder.replace(/\/+$/, ''), bind));
    return any.length === 0 ? 'FALSE' : `(${any.join(' OR ')})`;
  },
  pathContains: (part, bind) => {
    const forms = unicodeForms(part).map((form) => `strpos(f.path, ${bind(form)}) > 0`);
    return `(${forms.join(' OR ')})`;
  },
  formats: (formats, bind) => `p.format = ANY(${bind(formats)}::text[])`,
  takenAfter: (time, bind) => `p.taken_at >= ${bind(time)}`,
  // A shorter time is a prefix of what it stands for, so that the comparison of text holds.
  takenBefore: (time, bind) => `p.taken_at < ${bind(time)}`,
  camera: (part, bind) => `strpos(lower(p.camera), lower(${bind(part)} COLLATE "C")) > 0`,
  minWidth: (pixels, bind) => `p.width >= ${bind(pixels)}::double precision`,
  minHeight: (pixels, bind) => `p.height >= ${bind(pixels)}::double precision`,
  minBytes: (bytes, bind) => `p.size_bytes >= ${bind(bytes)}::double precision`,
  maxBytes: (bytes, bind) => `p.size_bytes <= ${bind(bytes)}::double precision`,
};

/** The character after the separator ends the range of what lies below: '/' is followed by '0'. */
function atOrBelow(folder: string, bind: Bind): string {
  return `f.path = ${bind(folder)} OR f.path >= ${bind(`${folder}/`)} AND f.path < ${bind(`${folder}0`)}`;
}
