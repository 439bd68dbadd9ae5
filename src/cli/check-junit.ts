import { constants } from 'node:fs';
import { access, lstat, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import type { CheckedFile } from '../engine/check-files.ts';
import { checkedWords } from './check-text.ts';
import type { CheckCounts } from './count-checked.ts';
import { inXml } from './in-xml.ts';
import { absentAsNull, cannotWrite, writeNewFile } from './write-new-file.ts';

/** How every report begins: by this an older one is known. */
const START = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ';

/** A JUnit report of checked files: a copy is a failure, what cannot be read an error. */
export class JunitReport {
  readonly #path: string;
  readonly #cases: string[] = [];

  private constructor(path: string) {
    this.#path = path;
  }

  /**
   * Begins one, so that what is in the way is told before anything is checked. Nothing is written yet.
   * @throws EideticError INVALID_INPUT when the file could not be written, or is something else than an older report
   */
  static async begin(path: string): Promise<JunitReport> {
    await requireReportOrNothing(path);
    try {
      await access(dirname(path), constants.W_OK);
    } catch (cause) {
      throw cannotWrite(path, cause);
    }
    return new JunitReport(path);
  }

  add(file: CheckedFile): void {
    this.#cases.push(caseOf(file));
  }

  /** In place of an older one, in one step. @throws EideticError as writeNewFile */
  async write(counts: CheckCounts): Promise<void> {
    const numbers = `tests="${counts.files}" failures="${counts.copies}" errors="${counts.failed}" skipped="${counts.other}"`;
    const text = [
      `${START}${numbers}>`,
      `  <testsuite name="eidetic check" ${numbers}>`,
      ...this.#cases,
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n');
    const unfinished = `${this.#path}.${process.pid}.unfinished`;
    await writeNewFile(unfinished, Buffer.from(text));
    try {
      await requireReportOrNothing(this.#path); // checking may have taken hours
      await rename(unfinished, this.#path);
    } catch (error) {
      await unlink(unfinished);
      throw error;
    }
  }
}

/** Whoever mistypes a name must not lose a picture to a report. */
async function requireReportOrNothing(path: string): Promise<void> {
  let start: string | null;
  try {
    start = await readStart(path);
  } catch (cause) {
    throw cannotWrite(path, cause);
  }
  if (start !== null && start !== START) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found something else at ${path}, expected a JUnit report of before or nothing; name another file.`,
    );
  }
}

/** The first bytes of a file, as many as a report's start has; null when nothing is there, '' of what is no file. */
async function readStart(path: string): Promise<string | null> {
  const stats = await lstat(path).catch(absentAsNull);
  if (stats === null) {
    return null;
  }
  if (!stats.isFile()) {
    return '';
  }
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START.length), 0, START.length, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
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
