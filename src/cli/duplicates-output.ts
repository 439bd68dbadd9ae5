import { shownSimilarity } from '../domain/least-similarity.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import type { DuplicateGroup } from '../duplicates/duplicate-group.ts';
import type { DuplicatePair, DuplicateReport } from '../duplicates/find-duplicates.ts';
import { jsonPieces } from './json-pieces.ts';
import { count, formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';

/**
 * The report as `--json` shows it, piece by piece: groups with their pictures, and pairs by id.
 * @param absent see absentPaths; likewise below
 */
export function* reportToJson(report: DuplicateReport, absent: ReadonlySet<string>): Generator<string> {
  yield* jsonPieces({
    minSimilarity: report.minSimilarity,
    groups: mapped(report.groups, (group) => ({
      relation: group.relation,
      weakest: group.weakest,
      pictures: mapped(group.pictures, ({ files, fileCount: _, ...facts }) => ({
        ...facts,
        files: mapped(files, ({ path }) => path),
      })),
      oneFile: group.oneFile,
      away: awayIn(group, absent),
    })),
    pairs: report.pairs,
    oneFileNames: report.oneFileNames,
    unknownPixels: report.unknownPixels,
    undescribedFiles: report.undescribedFiles,
  });
  yield '\n';
}

function* mapped<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To> {
  for (const item of items) {
    yield map(item);
  }
}

function* awayIn(group: DuplicateGroup, absent: ReadonlySet<string>): Generator<string> {
  for (const path of pathsOf(group)) {
    if (absent.has(path)) {
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
];

/**
 * One row per file; a group's rows stand together. What is certain of a file stands in its own row, also in a group that
 * is only similar: that it has the bytes of the file before (identical), or equals the picture that is named.
 */
export function* reportToCsv(report: DuplicateReport, absent: ReadonlySet<string>): Generator<string> {
  yield csvRow(CSV_HEADER);
  const equalTo = equalsIn(report);
  for (const [i, group] of report.groups.entries()) {
    const setOf = new Map(group.oneFile.flatMap((paths, n) => paths.map((path) => [path, n + 1] as const)));
    for (const picture of group.pictures) {
      for (const { path } of picture.files) {
        yield csvRow([
          i + 1,
          group.relation,
          group.weakest?.similarity ?? 1,
          picture.id,
          ...equality(picture, path, equalTo),
          picture.contentHash,
          picture.width,
          picture.height,
          picture.sizeBytes,
          setOf.get(path) ?? '',
          absent.has(path) ? 'away' : '',
          path,
        ]);
      }
    }
  }
}

/** The picture that a file equals, and how; nothing for the first of its equals. */
function equality(
  { id, files }: CatalogPicture,
  path: string,
  equalTo: ReadonlyMap<number, DuplicatePair>,
): [picture: number | string, by: string] {
  if (path !== files[0]?.path) {
    return [id, 'identical'];
  }
  const equal = equalTo.get(id);
  return equal === undefined ? ['', ''] : [equal.a, equal.relation];
}

/** The pair of each picture with the first of those that it equals. */
function equalsIn({ pairs }: DuplicateReport): Map<number, DuplicatePair> {
  return new Map(pairs.filter(({ relation }) => relation !== 'similar').map((pair) => [pair.b, pair]));
}

function csvRow(fields: ReadonlyArray<string | number>): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

/** Quoted as RFC 4180 says. */
function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const RELATION_WORDS: Readonly<Record<DuplicateGroup['relation'], string>> = {
  identical: 'the same bytes',
  'same-image-data': 'the same image data (only metadata differs)',
  'same-pixels': 'the same pixels',
  similar: 'similar',
};

/** For people, line by line. */
export function* reportToText(report: DuplicateReport, absent: ReadonlySet<string>): Generator<string> {
  let files = 0;
  const equalTo = equalsIn(report);
  for (const [i, group] of report.groups.entries()) {
    for (const line of groupLines(group, i + 1, absent, equalTo)) {
      yield `${line}\n`;
    }
    yield '\n';
    files += group.pictures.reduce((sum, picture) => sum + picture.files.length, 0);
  }
  yield report.groups.length === 0
    ? 'No duplicates found.\n'
    : `${count(report.groups.length, 'group')}, ${count(files, 'file')}, ${count(report.pairs.length, 'pair')}.\n`;
  for (const line of [...awayLines(absent), ...leftOutLines(report)]) {
    yield `${line}\n`;
  }
}

function* pathsOf({ pictures }: DuplicateGroup): Generator<string> {
  for (const { files } of pictures) {
    for (const { path } of files) {
      yield path;
    }
  }
}

function awayLines(absent: ReadonlySet<string>): string[] {
  return absent.size === 0
    ? []
    : [
        `${count(absent.size, 'file')} marked as away: not there at the moment (a drive that is not mounted, or deleted since). Do not take such a file for the copy that stays.`,
      ];
}

/** Why it is not known of pictures whether they are equal, and what helps. */
const UNKNOWN_WORDS: Readonly<Record<keyof DuplicateReport['unknownPixels'], string>> = {
  unreachable:
    'no file of it is there with the bytes that were indexed (a drive that is not mounted, or changed since); mount the drive or index again',
  unfinished: 'memory or time ran out while it was decoded; ask again',
  incomparable:
    'it is a drawing, or holds frames, depth or color that cannot be compared for certain; look before you act',
};

/** What is not in the groups, and why: nothing is left out unsaid. */
function leftOutLines({ oneFileNames, unknownPixels, undescribedFiles }: DuplicateReport): string[] {
  const lines: string[] = [];
  if (oneFileNames > 0) {
    lines.push(
      `${count(oneFileNames, 'picture')} left out: all paths of each are names of one file (hard links, or a folder mounted twice or moved).`,
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
  group: DuplicateGroup,
  number: number,
  absent: ReadonlySet<string>,
  equalTo: ReadonlyMap<number, DuplicatePair>,
): Generator<string> {
  const words = RELATION_WORDS[group.relation];
  const weakest =
    group.relation === 'similar' && group.weakest
      ? `, least ${shownSimilarity(group.weakest.similarity)}`
      : '';
  yield `Group ${number}: ${words}${weakest}`;
  const setOf = new Map(group.oneFile.flatMap((paths) => paths.map((path) => [path, paths] as const)));
  const firstPath = new Map(group.pictures.map(({ id, files }) => [id, files[0]?.path ?? '']));
  for (const picture of group.pictures) {
    const equal = equalTo.get(picture.id);
    // Said of each only where the group's own word is another.
    const isOdd = equal !== undefined && equal.relation !== group.relation;
    const equality = isOdd
      ? `, ${RELATION_WORDS[equal.relation]} as ${shorten(firstPath.get(equal.a) ?? '')}`
      : '';
    const facts = `${picture.width} x ${picture.height}, ${formatBytes(picture.sizeBytes)}${equality}`;
    for (const [i, { path }] of picture.files.entries()) {
      const words = i === 0 ? facts : sameWords(setOf.get(path), path);
      yield `  ${shorten(path)}  (${words}${absent.has(path) ? ', away' : ''})`;
    }
  }
}

/**
 * A further path of a picture: another file, or a file that was named before.
 * @param names all names of this file, in their order, when it has several
 */
function sameWords(names: readonly string[] | undefined, path: string): string {
  const [first = path] = names ?? [];
  return first === path ? 'same bytes' : `the same file as ${shorten(first)}`;
}
