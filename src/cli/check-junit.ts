import type { CheckedFile } from '../engine/check-files.ts';
import { checkedWords } from './check-text.ts';
import type { JunitCase } from './junit-report.ts';

/** A checked file in a JUnit report: a copy is a failure, what cannot be read an error. */
export function checkedCase(file: CheckedFile): JunitCase {
  const told = { name: file.path, words: checkedWords(file) };
  switch (file.kind) {
    case 'copy':
      return { ...told, kind: 'failure', type: 'copy' };
    case 'failed':
      return { ...told, kind: 'error', type: file.code };
    case 'other':
      return { ...told, kind: 'skipped' };
    default:
      return { ...told, kind: 'passed' };
  }
}
