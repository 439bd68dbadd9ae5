import { type FileListing, tellDropped, tellReturned } from './file-listing.ts';
import { foldersOf, noteForeign, settledEntry } from './folder-times.ts';
import type { Journal } from './journal.ts';
import type { JournalEntry, Step } from './journal-entry.ts';
import type { StepOfJournal } from './journal-state.ts';
import { recoverStep } from './recover-step.ts';
import { syncToDisk } from './sync-to-disk.ts';

/** Brings what something came between to one end or the other, before anything else is done. */
export async function recoverJournal(journal: Journal, listing: FileListing): Promise<void> {
  const unfinished = journal.state.inState('begun', 'undoing');
  const folders = new Set(unfinished.flatMap(({ step }) => foldersOf(step)));
  await noteForeign(journal, folders);
  if (unfinished.length === 0) {
    return;
  }
  const outcomes: JournalEntry[] = [];
  const [dropped, others]: [Step[], Step[]] = [[], []];
  for (const one of unfinished) {
    const outcome = await outcomeOf(one);
    outcomes.push(outcome);
    (outcome.kind === 'done' ? dropped : others).push(one.step);
  }
  await syncFolders(folders);
  await tellDropped(listing, dropped);
  await tellReturned(listing, others);
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
