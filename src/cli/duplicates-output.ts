import type { PictureFile } from '../domain/picture-catalog.ts';
import type { DuplicateGroup, DuplicateReport } from '../duplicates/find-duplicates.ts';
import { count, formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';

/**
 * The report as `--json` shows it: groups with their pictures, and every pair by id.
 * @param absent see absentPaths; likewise below
 */
export function reportToJson(report: DuplicateReport, absent: ReadonlySet<string>) {
  return {
    minSimilarity: report.minSimilarity,
    groups: report.groups.map((group) => ({
      relation: group.relation,
      weakest: group.weakest,
      pictures: group.pictures.map(({ files, ...facts }) => ({
        ...facts,
        files: files.map(({ path }) => path),
      })),
      oneFile: group.oneFile,
      away: pathsOf(group).filter((path) => absent.has(path)),
    })),
    pairs: report.pairs,
    oneFileNames: report.oneFileNames,
    unknownPixels: report.unknownPixels,
  };
}

/** One row per file; a group's rows stand together. */
export function reportToCsv(report: DuplicateReport, absent: ReadonlySet<string>): string {
  const rows = report.groups.flatMap((group, i) =>
    group.pictures.flatMap((picture) =>
      picture.files.map(({ path }) => [
        i + 1,
        group.relation,
        group.weakest?.similarity ?? 1,
        picture.id,
        picture.contentHash,
        picture.width,
        picture.height,
        picture.sizeBytes,
        group.oneFile.findIndex((paths) => paths.includes(path)) + 1 || '',
        absent.has(path) ? 'away' : '',
        path,
      ]),
    ),
  );
  const header = [
    'group',
    'relation',
    'weakest_similarity',
    'picture',
    'content_hash',
    'width',
    'height',
    'size_bytes',
    'names_of_one_file',
    'away',
    'path',
  ];
  return [header, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

/** Quoted as RFC 4180 says. */
function csvField(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const RELATION_WORDS: Readonly<Record<DuplicateGroup['relation'], string>> = {
  identical: 'the same bytes',
  'same-pixels': 'the same pixels',
  similar: 'similar',
};

export function reportToText(report: DuplicateReport, absent: ReadonlySet<string>): string {
  const lines = report.groups.flatMap((group, i) => [...groupLines(group, i + 1, absent), '']);
  const files = report.groups.flatMap(pathsOf);
  const summary =
    report.groups.length === 0
      ? 'No duplicates found.'
      : `${count(report.groups.length, 'group')}, ${count(files.length, 'file')}, ${count(report.pairs.length, 'pair')}.`;
  return [...lines, summary, ...awayLines(absent), ...leftOutLines(report)].join('\n');
}

function pathsOf({ pictures }: DuplicateGroup): string[] {
  return pictures.flatMap(({ files }) => files.map(({ path }) => path));
}

function awayLines(absent: ReadonlySet<string>): string[] {
  return absent.size === 0
    ? []
    : [
        `${count(absent.size, 'file')} marked as away: not there at the moment (a drive that is not mounted, or deleted since). Do not take such a file for the copy that stays.`,
      ];
}

/** What is not in the groups, and why: nothing is left out unsaid. */
function leftOutLines({ oneFileNames, unknownPixels }: DuplicateReport): string[] {
  return [
    ...(oneFileNames > 0
      ? [
          `${count(oneFileNames, 'picture')} left out: all paths of each are names of one file (hard links, or a folder mounted twice or moved).`,
        ]
      : []),
    ...(unknownPixels > 0
      ? [
          `Of ${count(unknownPixels, 'picture')} it is not known whether the pixels are those of another (more than 8 bits, several pages, other color spaces, or indexed by an older version).`,
        ]
      : []),
  ];
}

function groupLines(group: DuplicateGroup, number: number, absent: ReadonlySet<string>): string[] {
  const words = RELATION_WORDS[group.relation];
  const weakest =
    group.relation === 'similar' && group.weakest ? `, least ${group.weakest.similarity.toFixed(4)}` : '';
  return [
    `Group ${number}: ${words}${weakest}`,
    ...group.pictures.flatMap((picture) =>
      picture.files.map(({ path }, i) => {
        const facts = `${picture.width} x ${picture.height}, ${formatBytes(picture.sizeBytes)}`;
        const words = i === 0 ? facts : sameWords(group, picture.files, path);
        return `  ${shorten(path)}  (${words}${absent.has(path) ? ', away' : ''})`;
      }),
    ),
  ];
}

/** A further path of a picture: another file, or a file that was named before. */
function sameWords({ oneFile }: DuplicateGroup, files: readonly PictureFile[], path: string): string {
  const names = oneFile.find((paths) => paths.includes(path));
  const first = files.find((file) => names?.includes(file.path))?.path ?? path;
  return first === path ? 'same bytes' : `the same file as ${shorten(first)}`;
}
