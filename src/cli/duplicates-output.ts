import type { DuplicateGroup, DuplicateReport } from '../duplicates/find-duplicates.ts';
import { count, formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';

/** The report as `--json` shows it: groups with their pictures, and every pair by id. */
export function reportToJson(report: DuplicateReport) {
  return {
    minSimilarity: report.minSimilarity,
    groups: report.groups.map((group) => ({
      relation: group.relation,
      weakest: group.weakest,
      pictures: group.pictures,
    })),
    pairs: report.pairs,
  };
}

/** One row per file; a group's rows stand together. */
export function reportToCsv(report: DuplicateReport): string {
  const rows = report.groups.flatMap((group, i) =>
    group.pictures.flatMap((picture) =>
      picture.files.map((path) => [
        i + 1,
        group.relation,
        group.weakest?.similarity ?? 1,
        picture.id,
        picture.contentHash,
        picture.width,
        picture.height,
        picture.sizeBytes,
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

export function reportToText(report: DuplicateReport): string {
  if (report.groups.length === 0) {
    return 'No duplicates found.';
  }
  const lines = report.groups.flatMap((group, i) => [...groupLines(group, i + 1), '']);
  const files = report.groups.flatMap((group) => group.pictures.flatMap((picture) => picture.files));
  const summary = `${count(report.groups.length, 'group')}, ${count(files.length, 'file')}, ${count(report.pairs.length, 'pair')}.`;
  return [...lines, summary].join('\n');
}

function groupLines(group: DuplicateGroup, number: number): string[] {
  const words = RELATION_WORDS[group.relation];
  const weakest =
    group.relation === 'similar' && group.weakest ? `, least ${group.weakest.similarity.toFixed(4)}` : '';
  return [
    `Group ${number}: ${words}${weakest}`,
    ...group.pictures.flatMap((picture) =>
      picture.files.map((path, i) => {
        const facts = `${picture.width} x ${picture.height}, ${formatBytes(picture.sizeBytes)}`;
        return i === 0 ? `  ${shorten(path)}  (${facts})` : `  ${shorten(path)}  (same bytes)`;
      }),
    ),
  ];
}
