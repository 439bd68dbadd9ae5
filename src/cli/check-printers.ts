import type { CheckedFile, CheckedScope } from '../engine/check-files.ts';
import { checkedLine, checkSummaryLines } from './check-text.ts';
import { type CheckCounts, isAbsentCopy } from './count-checked.ts';
import { printLines, printPieces } from './print.ts';
import { StreamedJson } from './streamed-json.ts';
import type { ToldProgress } from './with-progress.ts';

/** Prints what became of files, one after the other. */
export interface CheckPrinter {
  file(file: CheckedFile): Promise<void>;
  end(counts: CheckCounts, scope: CheckedScope): Promise<void>;
}

/** For people. */
export function textPrinter(): CheckPrinter {
  return {
    file: (file) => (file.kind === 'other' ? Promise.resolve() : printLines([checkedLine(file)])),
    end: (counts, scope) => printLines(checkSummaryLines(counts, scope)),
  };
}

/** `{files, summary}`, written as it comes. */
export function jsonPrinter(told: ToldProgress): CheckPrinter {
  const json = new StreamedJson();
  return {
    async file(file) {
      sayFailure(file, told);
      const { path, kind, ...rest } = file;
      await json.add({ path, verdict: kind, ...rest });
    },
    end: (counts, scope) => json.end({ ...counts, ...scope }),
  };
}

/**
 * The paths alone of what is new, each with its end; the rest is told on stderr, by name where nobody can rely on it: what
 * may be a copy, copies of what is not there, and what could not be compared with all that is near.
 */
export function newPrinter(told: ToldProgress, end: '\n' | '\0'): CheckPrinter {
  return {
    async file(file) {
      sayFailure(file, told);
      if (file.kind === 'new' && file.unknown === 0) {
        await (end === '\n' ? printLines([file.path]) : printPieces([`${file.path}${end}`]));
      } else if (file.kind === 'new' || file.kind === 'unsure' || isAbsentCopy(file)) {
        told.say(`Not listed: ${checkedLine(file)}`);
      }
    },
    async end(counts, scope) {
      for (const line of checkSummaryLines(counts, scope)) {
        told.say(line);
      }
    },
  };
}

function sayFailure(file: CheckedFile, told: ToldProgress): void {
  if (file.kind === 'failed') {
    told.fail(file);
  }
}
