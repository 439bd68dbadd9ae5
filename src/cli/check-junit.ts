import { type FileHandle, open } from 'node:fs/promises';
import { EideticError } from '../domain/errors.ts';
import type { CheckedFile } from '../engine/check-files.ts';
import { checkedWords } from './check-text.ts';
import type { CheckCounts } from './count-checked.ts';
import { showText } from './show-text.ts';

/** A JUnit report of checked files: a copy is a failure, what cannot be read an error. */
export class JunitReport {
  readonly #handle: FileHandle;
  readonly #cases: string[] = [];

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /**
   * Begins one, so that what is in the way is told before anything is checked. It is empty until it is written.
   * @throws EideticError INVALID_INPUT when the file cannot be written
   */
  static async begin(path: string): Promise<JunitReport> {
    try {
      return new JunitReport(await open(path, 'w'));
    } catch (cause) {
      throw new EideticError(
        'INVALID_INPUT',
        `The report cannot be written to ${path}: ${(cause as Error).message}; name a file in a folder that is there.`,
        { cause },
      );
    }
  }

  add(file: CheckedFile): void {
    this.#cases.push(caseOf(file));
  }

  /** @throws EideticError STORAGE_FULL when it cannot be written */
  async write(counts: CheckCounts): Promise<void> {
    const numbers = `tests="${counts.files}" failures="${counts.copies}" errors="${counts.failed}" skipped="${counts.other}"`;
    const text = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites ${numbers}>`,
      `  <testsuite name="eidetic check" ${numbers}>`,
      ...this.#cases,
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n');
    try {
      await this.#handle.writeFile(text);
    } catch (cause) {
      throw new EideticError(
        'STORAGE_FULL',
        `The JUnit report could not be written: ${(cause as Error).message}; look there and run the command again.`,
        { cause },
      );
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

function caseOf(file: CheckedFile): string {
  const words = inXml(checkedWords(file));
  const head = `    <testcase classname="eidetic.check" name="${inXml(file.path)}"`;
  switch (file.kind) {
    case 'copy':
      return `${head}><failure type="copy" message="${words}"/></testcase>`;
    case 'failed':
      return `${head}><error type="${file.code}" message="${words}"/></testcase>`;
    case 'other':
      return `${head}><skipped message="${words}"/></testcase>`;
    default:
      return `${head}><system-out>${words}</system-out></testcase>`;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' },
};

/** Text in XML 1.0, which has no way to write control characters and two more: those stand as people are shown them. */
function inXml(text: string): string {
  return showText(text)
    .replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
