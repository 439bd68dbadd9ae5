import { basename } from 'node:path';
import type { LeftFile } from '../curation/left-file.ts';
import type { PlannedAction } from '../curation/plan.ts';
import type { WeighedPair } from '../duplicates/pairs-there.ts';
import type { WeighedReport } from '../duplicates/weigh-report.ts';
import { weighedApart } from '../duplicates/weighed-apart.ts';
import type { LibraryPlan, PlannedGroup } from '../engine/plan-library.ts';
import { RELATION_WORDS } from './duplicates-text.ts';
import { LEFT_WORDS } from './plan-summary.ts';
import { formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';
import { showText } from './show-text.ts';

/**
 * Every group of a plan for people, line by line: what is kept, what is dropped, and why; then groups of which nothing is
 * dropped, and what else is left.
 */
export function* explainPlan({ groups, untouched, left, report }: LibraryPlan): Generator<string> {
  const shots = otherShots(report);
  for (const group of groups) {
    yield* paragraph(groupLines(group, shots));
  }
  for (const group of untouched) {
    yield* paragraph(untouchedLines(group));
  }
  const told = new Set([...groups, ...untouched].flatMap((group) => group.left.map(({ path }) => path)));
  const others = left.filter(({ path }) => !told.has(path));
  if (others.length > 0) {
    yield* paragraph(['Left beside these:', ...others.map(leftLine)]);
  }
}

function* paragraph(lines: Iterable<string>): Generator<string> {
  for (const line of lines) {
    yield `${showText(line)}\n`;
  }
  yield '\n';
}

function* untouchedLines({ relation, kept, left }: LibraryPlan['untouched'][number]): Generator<string> {
  yield `Left as it is: ${RELATION_WORDS[relation]}`;
  for (const { path, picture, file } of kept) {
    yield `  beside    ${shorten(path)}  (${picture.width} x ${picture.height}, ${formatBytes(file.sizeBytes)})`;
  }
  yield* left.map(leftLine);
}

function leftLine({ path, why, companion }: LeftFile): string {
  const beside = companion === null ? '' : `: ${shorten(companion)}`;
  return `  left      ${shorten(path)}  (${LEFT_WORDS[why]}${beside})`;
}

function* groupLines(
  { number, relation, kept, left, actions }: PlannedGroup,
  shots: ReadonlyMap<number, readonly string[]>,
): Generator<string> {
  yield `Group ${number}: ${RELATION_WORDS[relation]}`;
  const [first, ...others] = kept;
  for (const { path, picture, file, identity, protectedBy } of kept) {
    const isName = path !== first?.path && identity === first?.identity;
    const why = isName
      ? `, another name of ${basename(first?.path ?? '')}`
      : protectedBy !== null
        ? ', protected'
        : '';
    yield `  keep      ${shorten(path)}  (${picture.width} x ${picture.height}, ${formatBytes(file.sizeBytes)}${why})`;
  }
  for (const action of actions) {
    yield* actionLines(action);
  }
  yield* left.map(leftLine);
  const ids = new Set([first, ...others].map((one) => one?.picture.id ?? 0));
  for (const shot of [...ids].flatMap((id) => shots.get(id) ?? [])) {
    yield `  left      ${shorten(shot)}  (another shot of the scene, by its time)`;
  }
}

function* actionLines({ action, to, drop, reason, warnings, freesBytes }: PlannedAction): Generator<string> {
  const size = formatBytes(drop.sizeBytes);
  const freed = freesBytes === 0 ? `${size}, frees nothing by itself` : size;
  yield `  ${action.padEnd(8)}  ${shorten(drop.path)}  (${freed})`;
  if (to !== null) {
    yield `            to ${shorten(to)}`;
  }
  yield `            ${reason}`;
  for (const warning of warnings) {
    yield `            Warning: ${warning}`;
  }
}

/** Files of other shots of the scene of each picture. */
function otherShots(report: WeighedReport): Map<number, string[]> {
  const shots = new Map<number, string[]>();
  const add = (id: number, path: string) => shots.set(id, [...(shots.get(id) ?? []), path]);
  for (const { a, b, relation, paths } of weighedApart(report) as WeighedPair[]) {
    if (relation === 'burst') {
      add(a, paths[1]);
      add(b, paths[0]);
    }
  }
  return shots;
}
