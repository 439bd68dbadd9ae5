import { foldersOf, noteForeign, settledEntry } from './folder-times.ts';
import type { Journal } from './journal.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { StepOfJournal } from './journal-state.ts';
import { recoverStep } from './recover-step.ts';
import { syncToDisk } from './sync-to-disk.ts';

/** Brings what something came between to one end or the other, before anything else is done. */
export async function recoverJournal(journal: Journal): Promise<void> {
  const unfinished = journal.state.inState('begun', 'undoing');
  const folders = new Set(unfinished.flatMap(({ step }) => foldersOf(step)));
  await noteForeign(journal, folders);
  if (unfinished.length === 0) {
    return;
  }
  const outcomes: JournalEntry[] = [];
  for (const one of unfinished) {
    outcomes.push(await outcomeOf(one));
  }
  await syncFolders(folders);
  await journal.append([...outcomes, await settledEntry(journal, folders)]);
}

/** Folders that are not there (any more) have nothing to keep. */
export async function syncFolders(folders: Iterable<string>): Promise<void> {
  for (const path of new Set(folders)) {
    await syncToDisk(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') {
        throw error;
      }
    });
  }
}

async function outcomeOf({ number, step, state }: StepOfJournal): Promise<JournalEntry> {
  const towards = state === 'begun' ? 'out' : 'back';
  const where = await recoverStep(step, towards);
  if (where === 'nowhere') {
    const reason = `it is neither there nor at ${step.to}`;
    return { kind: towards === 'out' ? 'left' : 'stays', number, reason };
  }
  if (where === 'away') {
    return { kind: 'done', number };
  }
  return towards === 'out'
    ? { kind: 'left', number, reason: 'something came between' }
    : { kind: 'undone', number };
}
