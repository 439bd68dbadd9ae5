import { relative } from 'node:path';
import { shownSimilarity } from '../domain/least-similarity.ts';
import type { MatchRelation } from '../engine/picture-match.ts';
import type { Hit } from '../search/search-similar.ts';

/**
 * A hit as `--json` and `--jsonl` show it.
 * @param absent see absentAmong; likewise below
 * @param relation see knownRelations; left out where nothing is known
 */
export function hitToJson(
  { picture, similarity }: Hit,
  absent: ReadonlySet<string>,
  relation: MatchRelation | undefined,
) {
  const { imageDataHash: _, fileCount: __, files, ...facts } = picture;
  const paths = files.map(({ path }) => path);
  return { ...facts, files: paths, away: paths.filter((path) => absent.has(path)), similarity, relation };
}

const RELATION_WORDS: Readonly<Record<MatchRelation, string>> = {
  identical: 'the same bytes',
  'same-image-data': 'the same image data',
  'same-pixels': 'the same pixels',
  copy: 'a copy',
  unsure: 'may be a copy',
  burst: 'another shot',
};

/** A table with similarity, size, path and known relation; further files of a picture on lines of their own. */
export function hitLines(
  hits: readonly Hit[],
  absent: ReadonlySet<string>,
  relations: ReadonlyMap<Hit['picture']['id'], MatchRelation> = new Map(),
): string[] {
  const rows = hits.flatMap(({ picture, similarity }) => {
    const size = `${picture.width} x ${picture.height}`;
    const [first = '', ...others] = picture.files.map(
      ({ path }) => `${shorten(path)}${absent.has(path) ? '  (away)' : ''}`,
    );
    // What was compared is the first of them.
    const pages = (picture.pages ?? 1) > 1 ? `  (first of ${picture.pages} pages)` : '';
    const relation = relations.get(picture.id);
    const told = relation === undefined ? '' : `  (${RELATION_WORDS[relation]})`;
    const head = `${shownSimilarity(similarity).padStart(10)}  ${String(picture.id).padStart(7)}  ${size.padStart(13)}  ${first}${pages}${told}`;
    return [head, ...others.map((path) => `${' '.repeat(34)}= ${path}`)];
  });
  const away =
    absent.size === 0
      ? []
      : [
          'Files marked as away are not there at the moment: on a drive that is not mounted, or moved or deleted since; "eidetic index" finds out.',
        ];
  return [
    `${'similarity'.padStart(10)}  ${'id'.padStart(7)}  ${'pixels'.padStart(13)}  file`,
    ...rows,
    ...away,
  ];
}

/** Every path that hits name. */
export function pathsOfHits(hits: readonly Hit[]): string[] {
  return hits.flatMap(({ picture }) => picture.files.map(({ path }) => path));
}

/** The path from here when that is shorter, so that it can be opened by a click or a paste. */
export function shorten(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.length < path.length ? fromHere : path;
}
