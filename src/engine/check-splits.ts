import type { CopyWish } from '../copies/choose-copies.ts';
import { comparePaths } from '../domain/compare-paths.ts';
import { EideticError } from '../domain/errors.ts';
import type { PictureCatalog } from '../domain/picture-catalog.ts';
import { AskedFiles } from '../duplicates/asked-files.ts';
import { cleanSplits } from '../duplicates/clean-splits.ts';
import { type FilePair, filesApart, type SideOf } from '../duplicates/files-apart.ts';
import { LEAST_OF_COPIES } from '../duplicates/find-copy-pairs.ts';
import type { DuplicateProgress, DuplicateReport } from '../duplicates/find-duplicates.ts';
import { labelOf } from '../duplicates/label-of.ts';
import { matchingPages } from '../duplicates/matching-pages.ts';
import { relateFiles } from '../duplicates/related-files.ts';
import type { Place, ReportQuestion } from '../duplicates/report-question.ts';
import { pathsInReport } from '../duplicates/weigh-report.ts';
import { askAboutFolders } from './ask-about-folders.ts';
import { type ExpectedCopies, expectedCopies } from './expected-copies.ts';
import { findLibraryDuplicates } from './find-library-duplicates.ts';
import { findNamedPlace } from './find-named-place.ts';
import { findSplitGaps, type SplitGaps } from './find-split-gaps.ts';
import type { Library } from './library.ts';
import { lookAtPaths } from './look-at-paths.ts';

/** A split of a data set, as a person names it. */
export interface NamedSplit {
  readonly name: string;
  readonly folder: string;
}

/** A file of a split. */
export interface SplitFile {
  readonly path: string;
  readonly split: string;
  /** The name of the folder in the split's folder that it lies in; null when it lies in the split's folder itself. */
  readonly label: string | null;
}

/** Two files that are related though nobody wants them to be. */
export interface SplitPair {
  /** That of the split that is named first. */
  readonly files: readonly [SplitFile, SplitFile];
  readonly relation: FilePair['relation'];
  /** How likely one is a copy of the other, 0 to 1; null where something else than the evidence has decided. */
  readonly certainty: number | null;
}

export interface CheckedSplit extends NamedSplit {
  /** Files that hold a picture and that the library knows there, but for those of a split inside it. */
  readonly files: number;
  readonly labels: number;
  /** What lies in its folder and was compared with nothing. */
  readonly leftOut: SplitGaps;
}

/** What is wrong with the splits of a data set. */
export interface SplitsCheck {
  readonly splits: readonly CheckedSplit[];
  /** Equal pictures and copies in two splits: every file that leaks is named. */
  readonly leaks: readonly SplitPair[];
  /** The same under two labels, in one split or in two; null where there are not two labels. */
  readonly labelConflicts: readonly SplitPair[] | null;
  /** What may be a copy in two splits, and other shots of one scene. */
  readonly possibleLeaks: readonly SplitPair[];
  /** Files without which no leak is left: splits that are named first give way. */
  readonly drop: readonly string[];
  /** Files that have copies and are not there as they were indexed; they are in nothing above. */
  readonly absentFiles: number;
  /** Where the line between copies and what may be some was drawn in the leaks; null where no pair was looked at. */
  readonly expected: ExpectedCopies | null;
  /** Pairs that were looked at, and that could not be. */
  readonly lookedAt: number;
  readonly unknown: number;
  /** Pictures of whose pixels nobody knows whether they are equal, since no file is within reach. */
  readonly unreachable: number;
  /** Files that no model has described, so that they were compared by their bytes alone. */
  readonly undescribedFiles: number;
}

/**
 * Looks for copies over the splits of a data set, as a duplicate report across their folders does, and for the same under
 * two labels.
 * @param named two or more, by different names
 * @throws EideticError NOT_FOUND for a folder without pictures of the library; INVALID_INPUT for one that is named twice;
 *   CATALOG_*; the signal's reason
 */
export async function checkSplits(
  library: Library,
  named: readonly NamedSplit[],
  copies: CopyWish,
  onProgress: (progress: DuplicateProgress) => void,
  signal: AbortSignal,
): Promise<SplitsCheck> {
  const { pictures } = library.catalog;
  const folders = named.map(({ folder }) => folder);
  const question = await askAboutFolders(pictures, { across: folders, within: [], reference: [] }, (folder) =>
    placeWithPictures(library, folder),
  );
  const paths = question.across.flatMap((place) => place.paths);
  const asked = new AskedFiles(question);
  const splitOf: SideOf<number> = (path) => numberOf(asked, path);
  const label = (path: string) => labelOf(path, paths);
  const count = await countFiles(pictures, asked, named.length, label);
  const gaps = await findSplitGaps(library, question.across, signal);

  const find = (asking: ReportQuestion) => {
    const wish = { question: asking, minSimilarity: LEAST_OF_COPIES, copies };
    return findLibraryDuplicates(library, library.spaces.forCopies, wish, onProgress, signal);
  };
  const across = await find(question);
  const hasLabels = new Set(count.flatMap(({ labels }) => [...labels])).size > 1;
  const labelled = hasLabels ? await find(labelledIn(question.across)) : null;
  const reports = labelled === null ? [across] : [across, labelled];
  const looks = await lookAtPaths(library, [...new Set(reports.flatMap(pathsInReport))]);

  const toPair = ({ files, ...pair }: FilePair): SplitPair => {
    const [one, other] = files
      .map(({ path }) => ({ path, split: splitOf(path) ?? 0, label: label(path) }))
      .sort((x, y) => x.split - y.split || comparePaths(x.path, y.path))
      .map((file) => ({ ...file, split: named[file.split]?.name ?? '' })) as [SplitFile, SplitFile];
    return { files: [one, other], ...pair };
  };
  const related = relateFiles(across, looks);
  const apart = filesApart(related, splitOf, named.length).map(toPair).sort(comparePairs);
  const labels = labelled === null ? null : relateFiles(labelled, looks);
  return {
    splits: named.map((split, i) => ({
      ...split,
      files: count[i]?.files ?? 0,
      labels: count[i]?.labels.size ?? 0,
      leftOut: gaps[i] as SplitGaps,
    })),
    leaks: apart.filter(isCertain),
    labelConflicts: labels && filesApart(labels, label, 1).map(toPair).filter(isCertain).sort(comparePairs),
    possibleLeaks: apart.filter((pair) => !isCertain(pair)),
    drop: cleanSplits(related, named.length, splitOf),
    expected: await expectedOf(library, across),
    absentFiles: Math.max(related.absent, labels?.absent ?? 0),
    ...sumsOf(reports),
    undescribedFiles: across.undescribedFiles,
  };
}

async function placeWithPictures(library: Library, folder: string): Promise<Place> {
  const place = await findNamedPlace(library, folder);
  if ((await library.catalog.pictures.matching({ pathPrefix: place.paths }, 1)).length === 0) {
    throw new EideticError(
      'NOT_FOUND',
      `The library has no picture in ${place.name}, expected those of a split; run "eidetic index" on it first (with --follow-symlinks where it holds links).`,
    );
  }
  return place;
}

/** The number of a file's split. */
function numberOf(asked: AskedFiles, path: string): number | null {
  const { place } = asked.spreadOf(path);
  return place === 'several' ? null : place;
}

function labelledIn(splits: readonly Place[]): ReportQuestion {
  return { across: [], within: [], reference: [], labelled: splits };
}

/** Pictures read at a time. */
const PAGE = 1_000;

/** How many files each split has, and which labels. */
async function countFiles(
  catalog: PictureCatalog,
  asked: AskedFiles,
  splits: number,
  labelOfPath: (path: string) => string | null,
): Promise<ReadonlyArray<{ readonly files: number; readonly labels: ReadonlySet<string> }>> {
  const counts = Array.from({ length: splits }, () => ({ files: 0, labels: new Set<string>() }));
  for await (const path of askedPaths(catalog, asked)) {
    const split = counts[numberOf(asked, path) ?? splits];
    const label = labelOfPath(path);
    if (split !== undefined) {
      split.files++;
      split.labels = label === null ? split.labels : split.labels.add(label);
    }
  }
  return counts;
}

async function* askedPaths(catalog: PictureCatalog, asked: AskedFiles): AsyncGenerator<string> {
  for await (const ids of matchingPages(catalog, asked.filter, PAGE)) {
    for (const picture of await catalog.pictures(ids, asked.filter)) {
      yield* asked.trim(picture)?.files.map(({ path }) => path) ?? [];
    }
  }
}

function isCertain({ relation }: SplitPair): boolean {
  return relation !== 'unsure' && relation !== 'burst' && relation !== 'similar';
}

function comparePairs({ files: [a, b] }: SplitPair, { files: [c, d] }: SplitPair): number {
  return comparePaths(b.path, d.path) || comparePaths(a.path, c.path);
}

async function expectedOf(library: Library, { copies }: DuplicateReport): Promise<ExpectedCopies | null> {
  return copies !== null && copies.lookedAt > 0 ? expectedCopies(library, copies.choice) : null;
}

/** What looking came to; what both looked for and could not see is told once. */
function sumsOf(
  reports: readonly DuplicateReport[],
): Pick<SplitsCheck, 'lookedAt' | 'unknown' | 'unreachable'> {
  const most = (number: (report: DuplicateReport) => number) => Math.max(...reports.map(number));
  return {
    lookedAt: reports.reduce((sum, { copies }) => sum + (copies?.lookedAt ?? 0), 0),
    unknown: most(({ copies }) => copies?.unknown ?? 0),
    unreachable: most(({ unknownPixels }) => unknownPixels.unreachable),
  };
}
