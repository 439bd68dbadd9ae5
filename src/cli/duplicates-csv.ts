import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { WeighedPair } from '../duplicates/pairs-there.ts';
import type { PathLooks } from '../duplicates/path-look.ts';
import type { SaidDecision } from '../duplicates/report-decisions.ts';
import type { WeighedGroup, WeighedReport } from '../duplicates/weigh-report.ts';
import { weighedApart } from '../duplicates/weighed-apart.ts';
import { csvRow } from './csv-row.ts';
import { bridgesIn, equalsIn, isUpload, keptIn, lookOf, pairKey, standInPath } from './reported-paths.ts';

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
  'kept',
  'pair',
  'pair_path',
  'bridge',
  'certainty',
  'decision',
  'decided_by',
  'decided_at',
];

/**
 * One row per file; a group's rows stand together. What is certain of a file stands in its own row, also in a group that
 * is only similar: that it has the bytes of the file before (identical), or equals the picture that is named, by a path
 * where that is. A file that is not there equals nothing. Behind the groups come the pairs that are in no group together,
 * two rows each, with a number of their own: they equal nothing, and have no group. Where a pair is a bridge, `bridge`
 * names the two files that it would chain. `certainty` is how likely a copy is one, of a group its least certain pair's.
 * `decision` is what was decided of a pair; in a group of which some was decided to be kept, that, and `joined` of the others.
 */
export function* reportToCsv(report: WeighedReport, looks: PathLooks): Generator<string> {
  yield csvRow(CSV_HEADER);
  const equalTo = equalsIn(report);
  const isKept = keptIn(report, looks);
  for (const [i, group] of report.groups.entries()) {
    yield* groupRows(group, i + 1, looks, equalTo, isKept);
  }
  const bridges = bridgesIn(report);
  for (const [i, pair] of weighedApart(report).entries()) {
    const ends = bridges.get(pairKey(pair))?.unlike.paths ?? ['', ''];
    yield* pairRows(report, pair, i + 1, ends, (path) => marksOf(path, looks, isKept));
  }
}

/** @param ends the files that it would chain, when it is a bridge */
function* pairRows(
  { pictures }: WeighedReport,
  { a, b, relation, similarity, certainty, paths, decision }: WeighedPair,
  number: number,
  ends: WeighedPair['paths'],
  marks: (path: string) => string[],
): Generator<string> {
  const rows = [
    { id: a, path: paths[0], other: paths[1], end: ends[0] },
    { id: b, path: paths[1], other: paths[0], end: ends[1] },
  ];
  for (const { id, path, other, end } of rows) {
    yield csvRow([
      ...['', relation, similarity],
      ...factsOf(pictures.get(id) as CatalogPicture, EQUALS_NOTHING),
      ...['', '', path, '', ''],
      ...marks(path),
      ...[number, other, end, certainty ?? ''],
      ...saidColumns(decision),
    ]);
  }
}

function* groupRows(
  group: WeighedGroup,
  number: number,
  looks: PathLooks,
  equalTo: ReadonlyMap<number, WeighedPair>,
  isKept: (path: string) => boolean,
): Generator<string> {
  const setOf = new Map(group.oneFile.flatMap((paths, n) => paths.map((path) => [path, n + 1] as const)));
  const joined = new Set(group.decision?.joined);
  for (const picture of group.pictures) {
    const decided = joined.has(picture.id) ? ['joined', '', ''] : saidColumns(group.decision?.said);
    for (const { path } of picture.files) {
      const look = lookOf(path, looks);
      const isThere = look === 'there';
      const equal = (isThere && equality(picture, path, equalTo)) || EQUALS_NOTHING;
      yield csvRow([
        number,
        group.relation,
        group.weakest?.similarity ?? 1,
        ...factsOf(picture, equal),
        setOf.get(path) ?? '',
        isThere ? '' : look,
        path,
        equal.other,
        group.freeableBytes,
        ...marksOf(path, looks, isKept),
        ...['', '', '', group.weakest?.certainty ?? ''],
        ...decided,
      ]);
    }
  }
}

/** The last columns. */
function saidColumns(said: SaidDecision | undefined): string[] {
  return said === undefined ? ['', '', ''] : [said.kind, said.decidedBy, said.decidedAt];
}

/** The columns `upload` and `kept`. */
function marksOf(path: string, looks: PathLooks, isKept: (path: string) => boolean): string[] {
  return [isUpload(path, looks) ? 'upload' : '', isKept(path) ? 'kept' : ''];
}

/** The picture that a file equals, how, and by which path. */
interface Equality {
  readonly equals: number | '';
  readonly by: string;
  readonly other: string;
}

const EQUALS_NOTHING: Equality = { equals: '', by: '', other: '' };

/** The columns from `picture` to `size_bytes`. */
function factsOf(picture: CatalogPicture, { equals, by }: Equality): Array<string | number> {
  const { id, contentHash, width, height, sizeBytes } = picture;
  return [id, equals, by, contentHash, width, height, sizeBytes];
}

/** Null for the first of its equals. */
function equality(
  { id, files }: CatalogPicture,
  path: string,
  equalTo: ReadonlyMap<number, WeighedPair>,
): Equality | null {
  const [first] = files;
  if (first !== undefined && path !== first.path) {
    return { equals: id, by: 'identical', other: first.path };
  }
  const equal = equalTo.get(id);
  return equal === undefined
    ? null
    : { equals: equal.standIn ?? equal.a, by: equal.relation, other: standInPath(equal) };
}
