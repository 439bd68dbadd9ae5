import { constants } from 'node:fs';
import { access, lstat, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import { inXml } from './in-xml.ts';
import { absentAsNull, cannotWrite, writeNewFile } from './write-new-file.ts';

/** How every report begins: by this an older one is known. */
const START = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ';

/** What a case came to; `passed` says something of it all the same. */
export interface JunitCase {
  readonly name: string;
  readonly kind: 'failure' | 'error' | 'skipped' | 'passed';
  /** Of a failure or an error. */
  readonly type?: string;
  readonly words: string;
}

/** A JUnit report of what a command has checked. */
export class JunitReport {
  readonly #path: string;
  readonly #cases: string[] = [];
  readonly #counts = { failure: 0, error: 0, skipped: 0, passed: 0 };

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

  add(one: JunitCase): void {
    this.#counts[one.kind]++;
    this.#cases.push(caseText(one));
  }

  /** In place of an older one, in one step. @throws EideticError as writeNewFile */
  async write(): Promise<void> {
    const { failure, error, skipped } = this.#counts;
    const numbers = `tests="${this.#cases.length}" failures="${failure}" errors="${error}" skipped="${skipped}"`;
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

function caseText({ name, kind, type = kind, words }: JunitCase): string {
  const head = `    <testcase classname="eidetic.check" name="${inXml(name)}"`;
  const message = `message="${inXml(words)}"`;
  switch (kind) {
    case 'skipped':
      return `${head}><skipped ${message}/></testcase>`;
    case 'passed':
      return `${head}><system-out>${inXml(words)}</system-out></testcase>`;
    default:
      return `${head}><${kind} type="${type}" ${message}/></testcase>`;
  }
}
