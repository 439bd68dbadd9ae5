import type { PathLooks } from '../duplicates/path-look.ts';
import type { Place } from '../duplicates/report-question.ts';
import type { WeighedGroup, WeighedReport } from '../duplicates/weigh-report.ts';
import type { CopyRecall } from '../engine/calibration-file.ts';
import type { SpaceMeaning } from '../engine/library-spaces.ts';
import { jsonPieces } from './json-pieces.ts';
import { isUpload, keptIn, lookOf, pathsOf } from './reported-paths.ts';
import { showJson } from './show-text.ts';

/**
 * The report as `--json` shows it, piece by piece: groups with their pictures, and pairs by id and path.
 * @param looks what was found at its paths
 * @param meaning of the space that it was made in
 */
export function* reportToJson(
  report: WeighedReport,
  looks: PathLooks,
  meaning: SpaceMeaning,
  recall: CopyRecall | null = null,
): Generator<string> {
  const { question, counts } = report;
  const isKept = keptIn(report, looks);
  const pieces = jsonPieces({
    ...meaning,
    across: placesJson(question.across, counts.across),
    within: placesJson(question.within, counts.within),
    reference: placesJson(question.reference, counts.reference),
    otherPictures: counts.others,
    minSimilarity: report.minSimilarity,
    copies: report.copies && {
      ...report.copies,
      recall,
    },
    groups: mapped(report.groups, (group) => ({
      relation: group.relation,
      weakest: group.weakest,
      pictures: mapped(group.pictures, ({ files, fileCount: _, ...facts }) => ({
        ...facts,
        files: mapped(files, ({ path }) => path),
      })),
      decision: group.decision,
      oneFile: group.oneFile,
      away: pathsWhere(group, (path) => lookOf(path, looks) === 'away'),
      changed: pathsWhere(group, (path) => lookOf(path, looks) === 'changed'),
      uploads: pathsWhere(group, (path) => isUpload(path, looks)),
      kept: pathsWhere(group, isKept),
      sizeBytes: group.sizeBytes,
      freeableBytes: group.freeableBytes,
    })),
    pairs: report.pairs,
    bridges: report.bridges,
    freeableBytes: report.freeableBytes,
    oneFileNames: report.oneFileNames,
    goneGroups: report.goneGroups,
    gonePairs: report.gonePairs,
    decidedGroups: report.decidedGroups,
    decidedPairs: report.decidedPairs,
    unknownPixels: report.unknownPixels,
    undescribedFiles: report.undescribedFiles,
  });
  yield* mapped(pieces, showJson);
  yield '\n';
}

function placesJson(places: readonly Place[], pictures: readonly number[]) {
  return places.map(({ name, paths }, i) => ({ name, paths, pictures: pictures[i] ?? 0 }));
}

function* mapped<From, To>(items: Iterable<From>, map: (item: From) => To): Generator<To> {
  for (const item of items) {
    yield map(item);
  }
}

function* pathsWhere(group: WeighedGroup, isWanted: (path: string) => boolean): Generator<string> {
  for (const path of pathsOf(group)) {
    if (isWanted(path)) {
      yield path;
    }
  }
}
