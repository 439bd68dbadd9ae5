import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { PathLooks } from '../duplicates/path-look.ts';
import type { WeighedGroup, WeighedPair, WeighedReport } from '../duplicates/weigh-report.ts';
import { equalsIn, isUpload, lookOf, standInPath } from './reported-paths.ts';

const CSV_HEADER = [
  'group',
  'relation',
  'weakest_similarity',
  'picture',
  'equals_picture',
  'equals_by',
  'content_hash',
  'width',
  'height',
  'size_bytes',
  'names_of_one_file',
  'away',
  'path',
  'equals_path',
  'group_freeable_bytes',
  'upload',
];

/**
 * One row per file; a group's rows stand together. What is certain of a file stands in its own row, also in a group that
 * is only similar: that it has the bytes of the file before (identical), or equals the picture that is named, by a path
 * where that is. A file that is not there equals nothing.
 */
export function* reportToCsv(report: WeighedReport, looks: PathLooks): Generator<string> {
  yield csvRow(CSV_HEADER);
  const equalTo = equalsIn(report);
  for (const [i, group] of report.groups.entries()) {
    yield* groupRows(group, i + 1, looks, equalTo);
  }
}

function* groupRows(
  group: WeighedGroup,
  number: number,
  looks: PathLooks,
  equalTo: ReadonlyMap<number, WeighedPair>,
): Generator<string> {
  const setOf = new Map(group.oneFile.flatMap((paths, n) => paths.map((path) => [path, n + 1] as const)));
  for (const picture of group.pictures) {
    for (const { path } of picture.files) {
      const look = lookOf(path, looks);
      const isThere = look === 'there';
      const { equals, by, other } = (isThere && equality(picture, path, equalTo)) || EQUALS_NOTHING;
      yield csvRow([
        number,
        group.relation,
        group.weakest?.similarity ?? 1,
        picture.id,
        equals,
        by,
        picture.contentHash,
        picture.width,
        picture.height,
        picture.sizeBytes,
        setOf.get(path) ?? '',
        isThere ? '' : look,
        path,
        other,
        group.freeableBytes,
        isUpload(path, looks) ? 'upload' : '',
      ]);
    }
  }
}

const EQUALS_NOTHING = { equals: '', by: '', other: '' };

/** The picture that a file equals, how, and by which path; null for the first of its equals. */
function equality(
  { id, files }: CatalogPicture,
  path: string,
  equalTo: ReadonlyMap<number, WeighedPair>,
): { readonly equals: number; readonly by: string; readonly other: string } | null {
  const [first] = files;
  if (first !== undefined && path !== first.path) {
    return { equals: id, by: 'identical', other: first.path };
  }
  const equal = equalTo.get(id);
  return equal === undefined
    ? null
    : { equals: equal.standIn ?? equal.a, by: equal.relation, other: standInPath(equal) };
}

function csvRow(fields: ReadonlyArray<string | number>): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

/** Quoted as RFC 4180 says. */
function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
