import type { LibraryVerification } from '../engine/verify-library.ts';
import type { CopiesBeside, GoodCopy } from '../verify/good-copies.ts';
import type { FoundFile } from '../verify/verify-files.ts';
import { count, formatBytes } from './print.ts';
import { shorten } from './print-hits.ts';

/** Places named one by one; the rest is counted. */
const PLACES_NAMED = 10;

const RELATION_WORDS: Readonly<Record<GoodCopy['relation'], string>> = {
  identical: 'the same bytes',
  'same-image-data': 'the same image data, other metadata',
  'same-pixels': 'the same pixels',
  copy: 'a copy, not the same picture',
};

/** A file that is not as it was indexed, a line, and what there is beside it. */
export function foundLines(file: FoundFile): string[] {
  const head = `${file.kind}: ${shorten(file.path)}`;
  switch (file.kind) {
    case 'rotten':
      return [
        `${head}: its bytes have changed though nothing wrote to it; its disk may be failing`,
        ...copyLines(file),
      ];
    case 'unreadable':
      return [`${head}: ${file.reason}`, ...copyLines(file)];
    case 'changed':
      return [`${head}: ${file.reason}`];
  }
}

function copyLines({ good, inVain }: CopiesBeside): string[] {
  if (good.length > 0) {
    return good.map(
      ({ path, relation }) => `  good: ${shorten(path)}  (${RELATION_WORDS[relation]}; read just now)`,
    );
  }
  return inVain === 0
    ? ['  no other copy is known']
    : [`  no good copy is known: ${count(inVain, 'other file')} looked at, away or not sound either`];
}

/** What it came to; every file is in exactly one of the numbers of the first line. */
export function verifyLines(report: LibraryVerification): string[] {
  const { sound, rotten, unreadable, changed, away } = report;
  const number = (n: number) => n.toLocaleString('en');
  return [
    `${count(report.files, 'file')}: ${number(sound)} sound (${formatBytes(report.bytes)}), ${number(rotten)} rotten, ${number(unreadable)} unreadable, ${number(changed)} changed, ${number(away)} away.`,
    endLine(report),
    ...awayLines(report),
    ...(rotten > 0
      ? ['Restore what is rotten from a good copy or a backup, index again, and look at its disk.']
      : []),
    ...(unreadable > 0
      ? [
          'What is unreadable may be a disk that fails (look at it, and restore the file), or a permission that is missing.',
        ]
      : []),
    ...(changed > 0 ? ['What changed is no rot as far as can be told; index again.'] : []),
    ...(report.outdated > 0
      ? [
          `Of the sound, ${count(report.outdated, 'file')} with other times than when indexed, or noted as failed; index again.`,
        ]
      : []),
    ...(report.isKept
      ? []
      : [
          'Nothing could be written to the library: which files are rotten is told here alone, and a run that is stopped begins anew.',
        ]),
  ];
}

function endLine({ beganAt, isResumed, isStopped, isKept }: LibraryVerification): string {
  const began = `${beganAt.slice(0, 16).replace('T', ' ')} UTC`;
  if (isStopped) {
    return `Stopped before its end; it began on ${began}. ${isKept ? 'Run the same command again to go on.' : 'It begins anew the next time.'}`;
  }
  return `All that was there was looked at since ${began}${isResumed ? ', when the run began that was gone on with' : ''}.`;
}

function awayLines({ away, awayPlaces }: LibraryVerification): string[] {
  const named = awayPlaces.slice(0, PLACES_NAMED);
  const rest = away - named.reduce((sum, { files }) => sum + files, 0);
  return [
    ...named.map(({ path, reason, files }) => `away: ${path} (${count(files, 'file')}): ${reason}`),
    ...(rest > 0 ? [`away: ${count(rest, 'file')} in other places.`] : []),
  ];
}
