import { shownSimilarity } from '../domain/least-similarity.ts';
import type { WeighedBridge, WeighedPair } from '../duplicates/pairs-there.ts';
import type { PathLook, PathLooks } from '../duplicates/path-look.ts';
import type { Place } from '../duplicates/report-question.ts';
import type { WeighedGroup, WeighedReport } from '../duplicates/weigh-report.ts';
import { weighedApart } from '../duplicates/weighed-apart.ts';
import type { CopyRecall } from '../engine/calibration-file.ts';
import type { SpaceMeaning } from '../engine/library-spaces.ts';
import { missedLine } from './calibration-text.ts';
import { choiceLine } from './choice-line.ts';
import { groupDecisionLines } from './duplicates-decided.ts';
import { leftOutLines } from './duplicates-left-out.ts';
import { count, formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';
import {
  bridgesIn,
  equalsIn,
  isUpload,
  keptIn,
  lookOf,
  pairKey,
  pathsOf,
  standInPath,
} from './reported-paths.ts';
import { showText } from './show-text.ts';

/** What a relation is, for people. */
export const RELATION_WORDS: Readonly<Record<WeighedGroup['relation'] | WeighedPair['relation'], string>> = {
  identical: 'the same bytes',
  'same-image-data': 'the same image data (only metadata differs)',
  'same-pixels': 'the same pixels',
  copy: 'copies of one picture',
  similar: 'similar',
  burst: 'the same scene, taken at another time',
  unsure: 'may be a copy; it cannot be told',
};

/** For people, line by line. @param meaning of the space that the report was made in */
export function* reportToText(
  report: WeighedReport,
  looks: PathLooks,
  meaning: SpaceMeaning,
  recall: CopyRecall | null = null,
): Generator<string> {
  for (const line of reportLines(report, looks, meaning, recall)) {
    yield `${showText(line)}\n`;
  }
}

function* reportLines(
  report: WeighedReport,
  looks: PathLooks,
  meaning: SpaceMeaning,
  recall: CopyRecall | null,
): Generator<string> {
  const equalTo = equalsIn(report);
  const isKept = keptIn(report, looks);
  const decisionLinesOf = groupDecisionLines(report);
  for (const [i, group] of report.groups.entries()) {
    yield* groupLines(group, i + 1, looks, equalTo, isKept);
    yield* decisionLinesOf(group);
    yield '';
  }
  yield* pairLines(report);
  yield totalLine(report);
  yield* questionLines(report);
  yield* [...spaceLines(report, meaning, recall), ...lookLines(report, looks), ...leftOutLines(report)];
}

function totalLine(report: WeighedReport): string {
  const { groups, pairs, freeableBytes, question, goneGroups, gonePairs } = report;
  if (groups.length + pairs.length === 0) {
    if (report.decidedGroups + report.decidedPairs > 0 && goneGroups + gonePairs === 0) {
      return 'No duplicates found but those that somebody decided to keep.';
    }
    return goneGroups + gonePairs > 0
      ? 'No duplicates found among the files that are there; others were left out, see below.'
      : 'No duplicates found.';
  }
  const keeping =
    question.reference.length > 0
      ? 'Keeping what lies in a reference, and of other equal files the largest,'
      : 'Keeping the largest file of those that are equal';
  const files = groups.reduce((sum, { fileCount }) => sum + fileCount, 0);
  return `${count(groups.length, 'group')}, ${count(files, 'file')}, ${count(pairs.length, 'pair')}. ${keeping} could free ${formatBytes(freeableBytes)}.`;
}

/** What the report is about, and what it is not. */
function* questionLines({ question, counts }: WeighedReport): Generator<string> {
  const { across, within, reference } = question;
  if (across.length > 0) {
    yield `Looked for what has files in two of these folders: ${placesText(across, counts.across)}. Pairs within one of them were looked at only to see whether all of a group are related.`;
  }
  if (within.length > 0) {
    yield `Looked in ${placesText(within, counts.within)}.`;
  }
  if (counts.others > 0) {
    yield `${count(counts.others, 'picture')} of the library with no file there took no part, and neither did files elsewhere.`;
  }
  if (reference.length > 0) {
    yield `Kept as reference: ${placesText(reference, counts.reference)}. What has files nowhere else is left out.`;
  }
}

function placesText(places: readonly Place[], pictures: readonly number[]): string {
  return places
    .map(({ name }, i) => `${name} (${count(pictures[i] ?? 0, 'picture')} at or below it)`)
    .join(', ');
}

/** Of what is equal no similarity is told, so nothing need be said of any. */
function spaceLines(
  { minSimilarity, copies }: WeighedReport,
  { space }: SpaceMeaning,
  recall: CopyRecall | null,
): string[] {
  if (copies !== null) {
    return [
      `Looked at ${count(copies.lookedAt, 'pair')}: of each picture the nearest with a similarity of ${minSimilarity} or above in the space "${space}", and on while copies came; other pairs were not compared.`,
      ...(copies.lookedAt > 0 ? [choiceLine(copies.choice), missedLine(recall, copies.choice)] : []),
      ...(copies.plain > 0
        ? [
            `${count(copies.plain, 'picture')} so plain (blank, or next to it) that nothing can be said of copies among them.`,
          ]
        : []),
      ...(copies.unknown > 0
        ? [
            `Of ${count(copies.unknown, 'pair')} nobody could look: no file of one picture is there with the bytes that were indexed, or it cannot be decoded; mount the drive or index again.`,
          ]
        : []),
    ];
  }
  // What a model's similarities mean was measured over first hits of searches: of all pairs it says too much.
  return minSimilarity === null
    ? []
    : [
        `Similarities are of the space "${space}". Look before you act: pictures that only look alike reach them too.`,
      ];
}

/** Pairs whose pictures are in no group together: each is similar to some of a group, and not to all. */
function* pairLines(report: WeighedReport): Generator<string> {
  const between = weighedApart(report);
  const bridges = bridgesIn(report);
  if (between.length > 0) {
    yield 'Pairs that are in no group together:';
    for (const pair of between) {
      const { relation, similarity, paths } = pair;
      yield `  ${shorten(paths[0])}`;
      yield `  ${shorten(paths[1])}  (${RELATION_WORDS[relation]}, ${shownSimilarity(similarity)})`;
      const bridge = bridges.get(pairKey(pair));
      if (bridge !== undefined) {
        yield `    a bridge: ${bridgeText(bridge)}`;
      }
    }
    yield '';
  }
}

/** Why a pair is in no group: what it would chain. */
function bridgeText({ a, b, paths, unlike }: WeighedBridge): string {
  const [one, other] = unlike.paths.map(shorten) as [string, string];
  const nobody = 'was not found to be related to';
  if (unlike.a === a) {
    return `${one} ${nobody} ${other}, which is in a group with ${shorten(paths[1])}`;
  }
  const where = `which is in a group with ${shorten(paths[0])}`;
  return unlike.b === b
    ? `${other} ${nobody} ${one}, ${where}`
    : `${one}, ${where}, ${nobody} ${other}, which is in a group with ${shorten(paths[1])}`;
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

function* groupLines(
  group: WeighedGroup,
  number: number,
  looks: PathLooks,
  equalTo: ReadonlyMap<number, WeighedPair>,
  isKept: (path: string) => boolean,
): Generator<string> {
  const words = RELATION_WORDS[group.relation];
  const size = `${count(group.fileCount, 'file')}, ${formatBytes(group.sizeBytes)}`;
  const freeable =
    group.freeableBytes > 0 ? `, of which ${formatBytes(group.freeableBytes)} could be freed` : '';
  yield `Group ${number}: ${words}${leastWords(group)} (${size}${freeable})`;
  const setOf = new Map(group.oneFile.flatMap((paths) => paths.map((path) => [path, paths] as const)));
  for (const picture of group.pictures) {
    const equal = equalTo.get(picture.id);
    // Said of each only where the group's own word is another.
    const isOdd = equal !== undefined && equal.relation !== group.relation;
    const equality = isOdd ? `, ${RELATION_WORDS[equal.relation]} as ${shorten(standInPath(equal))}` : '';
    const facts = `${picture.width} x ${picture.height}, ${formatBytes(picture.sizeBytes)}${equality}`;
    for (const [i, { path }] of picture.files.entries()) {
      const words = i === 0 ? facts : sameWords(setOf.get(path), path);
      const kept = isKept(path) ? 'kept (reference), ' : '';
      yield `  ${shorten(path)}  (${kept}${asSeen(path, words, looks)})`;
    }
  }
}

function leastWords({ relation, weakest }: WeighedGroup): string {
  if (relation === 'copy') {
    return `, ${Math.min(99, Math.floor(100 * (weakest?.certainty ?? 1)))} % certain or more`;
  }
  return relation === 'similar' && weakest !== null ? `, least ${shownSimilarity(weakest.similarity)}` : '';
}

/** @param words what it would be if it is there as it was indexed */
function asSeen(path: string, words: string, looks: PathLooks): string {
  const seen = SIGHT[lookOf(path, looks)] ?? words;
  return isUpload(path, looks) ? `${seen}, the library's own copy of an upload` : seen;
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
