import { relative } from 'node:path';
import { shownSimilarity } from '../domain/least-similarity.ts';
import type { Hit } from '../search/search-similar.ts';

/** A hit as `--json` and `--jsonl` show it. */
export function hitToJson({ picture, similarity }: Hit) {
  const { imageDataHash: _, fileCount: __, files, ...facts } = picture;
  return { ...facts, files: files.map(({ path }) => path), similarity };
}

/** A table with similarity, size and path; further files of a picture on lines of their own. */
export function hitTable(hits: readonly Hit[]): string {
  const rows = hits.map(({ picture, similarity }) => {
    const size = `${picture.width} x ${picture.height}`;
    const [first = '', ...others] = picture.files.map(({ path }) => shorten(path));
    // What was compared is the first of them.
    const pages = (picture.pages ?? 1) > 1 ? `  (first of ${picture.pages} pages)` : '';
    const head = `${shownSimilarity(similarity).padStart(10)}  ${String(picture.id).padStart(7)}  ${size.padStart(13)}  ${first}${pages}`;
    return [head, ...others.map((path) => `${' '.repeat(34)}= ${path}`)].join('\n');
  });
  return [`${'similarity'.padStart(10)}  ${'id'.padStart(7)}  ${'pixels'.padStart(13)}  file`, ...rows].join(
    '\n',
  );
}

/** The path from here when that is shorter, so that it can be opened by a click or a paste. */
export function shorten(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
