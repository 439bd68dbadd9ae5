import { HIGHEST_SCORE } from '../copies/judge-pair.ts';
import { shownSimilarity } from '../domain/least-similarity.ts';
import type { CopyChoice } from '../duplicates/copy-judge.ts';
import type { PathLook, PathLooks } from '../duplicates/path-look.ts';
import type { WeighedGroup, WeighedPair, WeighedReport } from '../duplicates/weigh-report.ts';
import type { SpaceMeaning } from '../engine/library-spaces.ts';
import { count, formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';
import { equalsIn, isUpload, lookOf, pathsOf, standInPath } from './reported-paths.ts';
import { showText } from './show-text.ts';

const RELATION_WORDS: Readonly<Record<WeighedGroup['relation'] | WeighedPair['relation'], string>> = {
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
): Generator<string> {
  for (const line of reportLines(report, looks, meaning)) {
    yield `${showText(line)}\n`;
  }
}

function* reportLines(report: WeighedReport, looks: PathLooks, meaning: SpaceMeaning): Generator<string> {
  const equalTo = equalsIn(report);
  for (const [i, group] of report.groups.entries()) {
    yield* groupLines(group, i + 1, looks, equalTo);
    yield '';
  }
  yield* pairLines(report);
  yield totalLine(report);
  yield* [...spaceLines(report, meaning), ...lookLines(report, looks), ...leftOutLines(report)];
}

function totalLine({ groups, pairs, freeableBytes }: WeighedReport): string {
  if (groups.length + pairs.length === 0) {
    return 'No duplicates found.';
  }
  const files = groups.reduce((sum, { fileCount }) => sum + fileCount, 0);
  return `${count(groups.length, 'group')}, ${count(files, 'file')}, ${count(pairs.length, 'pair')}. Keeping the largest file of those that are equal could free ${formatBytes(freeableBytes)}.`;
}

/** Of what is equal no similarity is told, so nothing need be said of any. */
function spaceLines({ minSimilarity, copies }: WeighedReport, { space }: SpaceMeaning): string[] {
  if (copies !== null) {
    return [
      `Looked at ${count(copies.lookedAt, 'pair')}: of each picture the nearest with a similarity of ${minSimilarity} or above in the space "${space}", and on while copies came; nobody looked at others.`,
      choiceLine(copies.choice),
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

function choiceLine({ leastScore, expectedWrong, mostWrong }: CopyChoice): string {
  if (leastScore > HIGHEST_SCORE) {
    return 'No pair was certain enough to be called a copy.';
  }
  const expected =
    expectedWrong < 0.5
      ? 'all are expected to be copies'
      : `about ${Math.round(expectedWrong)} of them are expected to be none`;
  return `Copies are pairs with a score of ${leastScore.toFixed(1)} or above: ${expected} (with nine chances in ten, no more than ${mostWrong} are none).`;
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
      yield `  ${shorten(paths[1])}  (${RELATION_WORDS[relation]}, ${shownSimilarity(similarity)})`;
    }
    yield '';
  }
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
    (group.relation === 'similar' || group.relation === 'copy') && group.weakest
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
