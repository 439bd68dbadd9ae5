import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { journalFolder, journalPath, readJournal } from '../apply/journal.ts';
import type { JournalState } from '../apply/journal-state.ts';
import { EideticError } from '../domain/errors.ts';
import type { Library } from './library.ts';
import { namesIn } from './names-in.ts';

/** A journal of this library. */
export interface KnownJournal {
  /** Of its file. */
  readonly path: string;
  readonly state: JournalState;
}

/** One that nobody can read any more. */
export interface DamagedJournal {
  readonly path: string;
  readonly state: null;
  readonly problem: EideticError;
}

/** What was done of a plan in a library; null for nothing. @throws EideticError INVALID_INPUT when it is damaged */
export async function journalOf(
  { config }: Pick<Library, 'config'>,
  planId: string,
): Promise<KnownJournal | null> {
  const path = journalPath(config.library, planId);
  const state = await readJournal(path);
  return state === null ? null : { path, state };
}

/** What was done in a library, the latest first; each is read when it is its turn. */
export async function* libraryJournals({
  config,
}: Pick<Library, 'config'>): AsyncGenerator<KnownJournal | DamagedJournal> {
  const folder = journalFolder(config.library);
  const found: Array<{ readonly path: string; readonly changedMs: number }> = [];
  for (const name of (await namesIn(folder)).filter((one) => one.endsWith('.jsonl'))) {
    const path = join(folder, name);
    found.push({ path, changedMs: (await stat(path)).mtimeMs });
  }
  for (const { path } of found.sort((a, b) => b.changedMs - a.changedMs)) {
    const state = await readJournal(path).catch((error: unknown) => {
      if (error instanceof EideticError) {
        return error;
      }
      throw error;
    });
    if (state instanceof EideticError) {
      yield { path, state: null, problem: state };
    } else if (state !== null) {
      yield { path, state };
    }
  }
}
