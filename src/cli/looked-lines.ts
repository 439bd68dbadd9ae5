import type { LookedFolders } from '../engine/look-at-folders.ts';
import { passedOverWords } from './passed-over.ts';
import { count } from './print.ts';
import { shorten } from './print-hits.ts';

/** The folders that were looked at, from here where that is shorter. */
export function folderNames({ folders }: LookedFolders): string {
  return folders.map(shorten).join(', ');
}

/** How an evaluation counts files. */
interface FileRules {
  /** Whether files with the same bytes count each, or as one. */
  readonly countsEach: boolean;
  /** What is said of files that it has no use for, as "in no folder of a class"; not asked where it uses all. */
  readonly unused: string;
}

const ALL_ONCE: FileRules = { countsEach: false, unused: '' };

/** What did not take part: nothing is left out without a word. */
export function lookedLines(
  { identical, failures, unsupported, otherFiles, unused, passedOver }: LookedFolders,
  rules: FileRules = ALL_ONCE,
): string[] {
  const passed = passedOverWords(passedOver);
  const lines = [
    ...(identical.length > 0
      ? [
          `${count(identical.length, 'file')} with the same bytes as another ${rules.countsEach ? 'count too, as the benchmark has it' : 'count as one with it'}.`,
        ]
      : []),
    ...(unsupported.length > 0
      ? [`${count(unsupported.length, 'picture')} in formats that Eidetic does not read took no part.`]
      : []),
    ...(otherFiles > 0
      ? [
          `${count(otherFiles, 'file')} that ${otherFiles === 1 ? 'is no picture' : 'are no pictures'} took no part.`,
        ]
      : []),
    ...(unused.length > 0
      ? [`${count(unused.length, 'file')} ${rules.unused} took no part; --json lists them.`]
      : []),
    ...(passed === '' ? [] : [`Passed over: ${passed}.`]),
    ...(failures.length > 0 ? [`${count(failures.length, 'failure')}; none of these took part:`] : []),
    ...failures.map(({ path, code, message }) => `  ${shorten(path)}: ${code}: ${message}`),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}
