import { shownSimilarity } from '../domain/least-similarity.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { PathLook, PathLooks } from '../duplicates/path-look.ts';
import type { WeighedGroup, WeighedPair, WeighedReport } from '../duplicates/weigh-report.ts';
import { jsonPieces } from './json-pieces.ts';
import { count, formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';
import { showJson, showText } from './show-text.ts';

/**
 * The report as `--json` shows it, piece by piece: groups with their pictures, and pairs by id and path.
 * @param looks what was found at its paths; likewise below
 */
export function* reportToJson(report: WeighedReport, looks: PathLooks): Generator<string> {
  const pieces = jsonPieces({
    minSimilarity: report.minSimilarity,
    groups: mapped(report.groups, (group) => ({
      relation: group.relation,
      weakest: group.weakest,
      pictures: mapped(group.pictures, ({ files, fileCount: _, ...facts }) => ({
        ...facts,
        files: mapped(files, ({ path }) => path),
      })),
      oneFile: group.oneFile,
      away: pathsLooking('away', group, looks),
      changed: pathsLooking('changed', group, looks),
      uploads: uploadsIn(group, looks),
      sizeBytes: group.sizeBytes,
      freeableBytes: group.freeableBytes,
    })),
    pairs: report.pairs,
    freeableBytes: report.freeableBytes,
    oneFileNames: report.oneFileNames,
    goneGroups: report.goneGroups,
    unknownPixels: report.unknownPixels,
    undescribedFiles: report.undescribedFiles,
  });
  yield* mapped(pieces, showJson);
  yield '\n';
}

function* mapped<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To> {
  for (const item of items) {
    yield map(item);
  }
}

function* pathsLooking(kind: PathLook['kind'], group: WeighedGroup, looks: PathLooks): Generator<string> {
  for (const path of pathsOf(group)) {
    if (lookOf(path, looks) === kind) {
      yield path;
    }
  }
}

function* uploadsIn(group: WeighedGroup, looks: PathLooks): Generator<string> {
  for (const path of pathsOf(group)) {
    if (isUpload(path, looks)) {
      yield path;
    }
  }
}

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

/** The pair of each picture with the one that stands for those that it equals. */
function equalsIn({ pairs }: WeighedReport): Map<number, WeighedPair> {
  return new Map(
    pairs
      .filter(({ standIn }) => standIn !== null)
      .map((pair) => [pair.standIn === pair.a ? pair.b : pair.a, pair]),
  );
}

function standInPath({ a, standIn, paths }: WeighedPair): string {
  return paths[standIn === a ? 0 : 1];
}

function csvRow(fields: ReadonlyArray<string | number>): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

/** Quoted as RFC 4180 says. */
function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const RELATION_WORDS: Readonly<Record<WeighedGroup['relation'], string>> = {
  identical: 'the same bytes',
  'same-image-data': 'the same image data (only metadata differs)',
  'same-pixels': 'the same pixels',
  similar: 'similar',
};

/** For people, line by line. */
export function* reportToText(report: WeighedReport, looks: PathLooks): Generator<string> {
  for (const line of reportLines(report, looks)) {
    yield `${showText(line)}\n`;
  }
}

function* reportLines(report: WeighedReport, looks: PathLooks): Generator<string> {
  const equalTo = equalsIn(report);
  for (const [i, group] of report.groups.entries()) {
    yield* groupLines(group, i + 1, looks, equalTo);
    yield '';
  }
  yield* pairLines(report);
  yield totalLine(report);
  yield* [...lookLines(report, looks), ...leftOutLines(report)];
}

function totalLine({ groups, pairs, freeableBytes }: WeighedReport): string {
  if (groups.length + pairs.length === 0) {
    return 'No duplicates found.';
  }
  const files = groups.reduce((sum, { fileCount }) => sum + fileCount, 0);
  return `${count(groups.length, 'group')}, ${count(files, 'file')}, ${count(pairs.length, 'pair')}. Keeping the largest file of those that are equal could free ${formatBytes(freeableBytes)}.`;
}

/** Pairs whose pictures are in no group together: each is similar to some of a group, and not to all. */
function* pairLines({ groups, pairs }: WeighedReport): Generator<string> {
  const groupOf = new Map(groups.flatMap((group, i) => group.pictures.map(({ id }) => [id, i] as const)));
  const between = pairs.filter(
    ({ a, b }) => groupOf.get(a) === undefined || groupOf.get(a) !== groupOf.get(b),
  );
  if (between.length > 0) {
    yield 'Pairs that are in no group together:';
    for (const { relation, similarity, paths } of between) {
      yield `  ${shorten(paths[0])}`;
      yield `  ${shorten(paths[1])}  (${RELATION_WORDS[relation]}, ${similarity.toFixed(4)})`;
    }
    yield '';
  }
}

function* pathsOf({ pictures }: WeighedGroup): Generator<string> {
  for (const { files } of pictures) {
    for (const { path } of files) {
      yield path;
    }
  }
}

function lookOf(path: string, looks: PathLooks): PathLook['kind'] {
  return looks.get(path)?.kind ?? 'away';
}

function lookLines({ groups }: WeighedReport, looks: PathLooks): string[] {
  const found = { there: 0, away: 0, changed: 0 };
  for (const group of groups) {
    for (const path of pathsOf(group)) {
      found[lookOf(path, looks)]++;
    }
  }
  return [
    ...(found.away > 0
      ? [
          `${count(found.away, 'file')} marked as away: not there at the moment (a drive that is not mounted, or moved or deleted since). Do not take such a file for the copy that stays.`,
        ]
      : []),
    ...(found.changed > 0
      ? [
          `${count(found.changed, 'file')} marked as changed since it was indexed: no copy any more, as far as anybody knows; index again.`,
        ]
      : []),
  ];
}

/** Why it is not known of pictures whether they are equal, and what helps. */
const UNKNOWN_WORDS: Readonly<Record<keyof WeighedReport['unknownPixels'], string>> = {
  unreachable:
    'no file of it is there with the bytes that were indexed (a drive that is not mounted, or changed since); mount the drive or index again',
  unfinished: 'memory or time ran out while it was decoded; ask again',
  incomparable:
    'it is a drawing, or holds frames, depth or color that cannot be compared for certain; look before you act',
};

/** What is not in the groups, and why: nothing is left out unsaid. */
function leftOutLines({
  oneFileNames,
  goneGroups,
  unknownPixels,
  undescribedFiles,
}: WeighedReport): string[] {
  const lines: string[] = [];
  if (goneGroups > 0) {
    lines.push(
      `${count(goneGroups, 'group')} left out: no more than one file of each is there as it was indexed (the others are away, deleted or changed since); mount the drive or index again.`,
    );
  }
  if (oneFileNames > 0) {
    lines.push(
      `${count(oneFileNames, 'picture')} left out: all paths of each are names of one file (hard links, or a folder mounted twice).`,
    );
  }
  for (const [reason, words] of Object.entries(UNKNOWN_WORDS)) {
    const pictures = unknownPixels[reason as keyof typeof unknownPixels];
    if (pictures > 0) {
      lines.push(
        `Of ${count(pictures, 'picture')} it is not known whether the pixels are those of another that looks the same: ${words}.`,
      );
    }
  }
  if (undescribedFiles > 0) {
    lines.push(
      `${count(undescribedFiles, 'file')} not compared by their looks: the model has not described them; run "eidetic reindex".`,
    );
  }
  return lines;
}

function* groupLines(
  group: WeighedGroup,
  number: number,
  looks: PathLooks,
  equalTo: ReadonlyMap<number, WeighedPair>,
): Generator<string> {
  const words = RELATION_WORDS[group.relation];
  const weakest =
    group.relation === 'similar' && group.weakest
      ? `, least ${shownSimilarity(group.weakest.similarity)}`
      : '';
  const size = `${count(group.fileCount, 'file')}, ${formatBytes(group.sizeBytes)}`;
  const freeable =
    group.freeableBytes > 0 ? `, of which ${formatBytes(group.freeableBytes)} could be freed` : '';
  yield `Group ${number}: ${words}${weakest} (${size}${freeable})`;
  const setOf = new Map(group.oneFile.flatMap((paths) => paths.map((path) => [path, paths] as const)));
  for (const picture of group.pictures) {
    const equal = equalTo.get(picture.id);
    // Said of each only where the group's own word is another.
    const isOdd = equal !== undefined && equal.relation !== group.relation;
    const equality = isOdd ? `, ${RELATION_WORDS[equal.relation]} as ${shorten(standInPath(equal))}` : '';
    const facts = `${picture.width} x ${picture.height}, ${formatBytes(picture.sizeBytes)}${equality}`;
    for (const [i, { path }] of picture.files.entries()) {
      const words = i === 0 ? facts : sameWords(setOf.get(path), path);
      yield `  ${shorten(path)}  (${asSeen(path, words, looks)})`;
    }
  }
}

/** @param words what it would be if it is there as it was indexed */
function asSeen(path: string, words: string, looks: PathLooks): string {
  const seen = SIGHT[lookOf(path, looks)] ?? words;
  return isUpload(path, looks) ? `${seen}, the library's own copy of an upload` : seen;
}

function isUpload(path: string, looks: PathLooks): boolean {
  const look = looks.get(path);
  return look?.kind === 'there' && look.isUpload;
}

/** Said of a file that is not there as it was indexed, in place of what it would be. */
const SIGHT: Partial<Record<PathLook['kind'], string>> = {
  away: 'away',
  changed: 'changed since it was indexed',
};

/**
 * A further path of a picture: another file, or a file that was named before.
 * @param names all names of this file, in their order, when it has several
 */
function sameWords(names: readonly string[] | undefined, path: string): string {
  const [first = path] = names ?? [];
  return first === path ? 'same bytes' : `the same file as ${shorten(first)}`;
}
