import type { CheckedFile, CheckedScope } from '../engine/check-files.ts';
import type { CheckCounts } from './count-checked.ts';
import { jsonPieces } from './json-pieces.ts';
import { showJson } from './show-text.ts';

/** Text of `{files, summary}`, to be written as it comes; `isFirst` of the first file. */
export const CHECK_JSON_START = '{\n  "files": [';

export function checkedToJson(file: CheckedFile, isFirst: boolean): string {
  const { path, kind, ...rest } = file;
  const value = { path, verdict: kind, ...rest };
  return showJson(`${isFirst ? '' : ','}\n    ${[...jsonPieces(value, '    ')].join('')}`);
}

export function checkJsonEnd(counts: CheckCounts, scope: CheckedScope): string {
  const summary = [...jsonPieces({ ...counts, ...scope }, '  ')].join('');
  return showJson(`${counts.files === 0 ? '' : '\n  '}],\n  "summary": ${summary}\n}\n`);
}
