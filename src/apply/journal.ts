import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { translateDiskError } from '../domain/disk-error.ts';
import { EideticError } from '../domain/errors.ts';
import { makeFolders } from '../domain/make-folders.ts';
import { JOURNAL_SCHEMA_VERSION, type JournalEntry, type JournalHeader } from './journal-entry.ts';
import { JournalState } from './journal-state.ts';
import { syncToDisk } from './sync-to-disk.ts';

/** The folder of a library that has its journals. */
export function journalFolder(library: string): string {
  return join(library, 'journals');
}

/** The journal of a plan. */
export function journalPath(library: string, planId: string): string {
  return join(journalFolder(library), `${planId}.jsonl`);
}

/**
 * What was done of a plan, line by line, on the disk before anything is done: whatever ends the program, the next one
 * knows where it was.
 */
export class Journal {
  readonly path: string;
  readonly state: JournalState;
  readonly #handle: FileHandle;

  private constructor(path: string, state: JournalState, handle: FileHandle) {
    this.path = path;
    this.state = state;
    this.#handle = handle;
  }

  /**
   * Opens the journal of a plan, or begins one; to be closed. A last line that was not finished was about nothing that
   * had begun, and is cut off: nobody else may be writing to it.
   * @throws EideticError INVALID_INPUT when it is damaged, or of another library; STORAGE_FULL, READ_ONLY
   */
  static async open(path: string, header: JournalHeader): Promise<Journal> {
    try {
      makeFolders(dirname(path));
      const known = await readFinished(path);
      const handle = await open(path, 'a', 0o600);
      await handle.truncate(known?.sizeBytes ?? 0);
      const journal = new Journal(path, known?.state ?? new JournalState(header), handle);
      if (known === null) {
        await journal.#write([header]);
        await syncToDisk(dirname(path));
        await syncToDisk(dirname(dirname(path)));
      }
      return journal;
    } catch (error) {
      throw translateDiskError(
        error,
        `The journal ${path} cannot be written, and nothing is done without one`,
      );
    }
  }

  /** Opens a journal that is there; to be closed. @throws EideticError NOT_FOUND, and as `open` */
  static async reopen(path: string): Promise<Journal> {
    const state = await readJournal(path);
    if (state === null) {
      throw new EideticError('NOT_FOUND', `There is no journal at ${path}.`);
    }
    return Journal.open(path, state.header);
  }

  /** Writes entries down. When the promise resolves, they survive a power cut. @throws EideticError as `open` */
  async append(entries: readonly JournalEntry[]): Promise<void> {
    if (entries.length === 0) {
      return;
    }
    try {
      await this.#write(entries);
    } catch (error) {
      throw translateDiskError(error, `The journal ${this.path} cannot be written, so nothing more is done`);
    }
    for (const entry of entries) {
      this.state.take(entry);
    }
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  async #write(lines: ReadonlyArray<JournalEntry | JournalHeader>): Promise<void> {
    await this.#handle.appendFile(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await this.#handle.datasync();
  }
}

/**
 * Reads a journal, which somebody may be writing to, as far as its lines are finished.
 * @returns null when there is none, or not even its first line was finished
 * @throws EideticError INVALID_INPUT for one that is damaged, or of another version
 */
export async function readJournal(path: string): Promise<JournalState | null> {
  return (await readFinished(path))?.state ?? null;
}

/** @returns with the bytes of its finished lines */
async function readFinished(
  path: string,
): Promise<{ readonly state: JournalState; readonly sizeBytes: number } | null> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') {
      return null;
    }
    throw error;
  });
  if (bytes === null) {
    return null;
  }
  const sizeBytes = bytes.lastIndexOf(0x0a) + 1;
  const [first, ...rest] = bytes.subarray(0, sizeBytes).toString().split('\n').slice(0, -1);
  if (first === undefined) {
    return null;
  }
  const header = parse(path, first, 1) as JournalHeader;
  if (header.kind !== 'eidetic-journal' || header.schemaVersion !== JOURNAL_SCHEMA_VERSION) {
    throw damaged(path, 1);
  }
  const state = new JournalState(header);
  for (const [i, line] of rest.entries()) {
    state.take(parse(path, line, i + 2) as JournalEntry);
  }
  return { state, sizeBytes };
}

function parse(path: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw damaged(path, number);
  }
}

function damaged(path: string, line: number): EideticError {
  return new EideticError(
    'INVALID_INPUT',
    `Line ${line} of the journal ${path} is damaged, or of another version of this program, so nobody can tell what was done; look at the files that it names before you go on.`,
  );
}

/** Where the attributes of a file are kept whose place is taken by another one. */
export function attributesPath(library: string, planId: string, number: number): string {
  return join(journalFolder(library), `${planId}.attributes`, String(number));
}
