import { type ApplyProgress, type ApplyReport, type LeftFile, noneOfEach } from './apply-report.ts';
import { type FileListing, tellReturned } from './file-listing.ts';
import { foldersOf, restoreFolders, settledEntry } from './folder-times.ts';
import { Journal } from './journal.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { StepOfJournal } from './journal-state.ts';
import { recoverJournal, syncFolders } from './recover-journal.ts';
import { recoverStep } from './recover-step.ts';
import { reasonOf } from './refusal.ts';
import { removeInfo } from './remove-info.ts';
import { checkUndo, undoStep } from './undo-step.ts';

/** As many as are written down together when a plan is applied. */
const MOST_AT_ONCE = 64;

/**
 * Takes back what was done of a plan, the last first: each file is looked at before it goes back, and only where nothing
 * else is by now. In the end folders that were made are removed, as far as they are empty, and the others have the times
 * that they had. A run that was ended in whatever way is finished by the next one.
 * @param path of its journal
 * @param listing told what is back
 * @param signal asks for an early end: no further step is taken back
 * @throws EideticError NOT_FOUND, INVALID_INPUT for its journal; STORAGE_FULL, READ_ONLY when nothing can be written down
 */
export async function undoPlan(
  path: string,
  listing: FileListing,
  onProgress: (progress: ApplyProgress) => void,
  signal: AbortSignal,
): Promise<ApplyReport> {
  const journal = await Journal.reopen(path);
  const done = noneOfEach();
  const left: LeftFile[] = [];
  try {
    await recoverJournal(journal, listing);
    const doneBefore = journal.state.inState('undone').length;
    const steps = journal.state.inState('done', 'stays').reverse();
    let handled = 0;
    let isStopped = false;
    for (let at = 0; at < steps.length && !isStopped; at += MOST_AT_ONCE) {
      const some = steps.slice(at, at + MOST_AT_ONCE);
      const tried = await undoTogether(journal, listing, some, signal);
      for (const { number, step, reason } of tried) {
        if (reason === null) {
          done[step.action]++;
        } else {
          left.push({ number, path: step.from, reason });
        }
      }
      handled += tried.length;
      isStopped = tried.length < some.length;
      onProgress({ done: handled, failed: left.length });
    }
    if (left.length === 0 && !isStopped) {
      await restoreFolders(journal);
    }
    const { planId } = journal.state.header;
    return { planId, journal: path, done, doneBefore, left, freedBytes: 0, isStopped };
  } finally {
    await journal.close();
  }
}

/** A step that was tried, and why it was not taken back; null when it was. */
interface Undone extends Pick<StepOfJournal, 'number' | 'step'> {
  readonly reason: string | null;
}

async function undoTogether(
  journal: Journal,
  listing: FileListing,
  steps: readonly StepOfJournal[],
  signal: AbortSignal,
): Promise<Undone[]> {
  const outcomes: Undone[] = [];
  const going: StepOfJournal[] = [];
  for (const one of steps) {
    if (signal.aborted) {
      break;
    }
    try {
      if (await checkUndo(one.step)) {
        await removeInfo(one.step.info);
        outcomes.push({ ...one, reason: null });
      } else {
        going.push(one);
      }
    } catch (error) {
      outcomes.push({ ...one, reason: reasonOf(error) });
    }
  }
  await journal.append(going.map(({ number }) => ({ kind: 'undoing', number })));
  const stopped: JournalEntry[] = [];
  for (const one of going) {
    if (signal.aborted) {
      stopped.push({ kind: 'done', number: one.number }); // as it was
    } else {
      outcomes.push({ ...one, reason: await undo(one) });
    }
  }
  const folders = going.flatMap(({ step }) => foldersOf(step));
  await syncFolders(folders);
  const undone = outcomes.filter(({ reason }) => reason === null);
  await tellReturned(
    listing,
    undone.map(({ step }) => step),
  );
  await journal.append([...outcomes.map(entryOf), ...stopped, await settledEntry(journal, folders)]);
  return outcomes;
}

async function undo({ step }: StepOfJournal): Promise<string | null> {
  try {
    await undoStep(step);
    return null;
  } catch (error) {
    const reason = reasonOf(error);
    return (await recoverStep(step, 'back')) === 'at its place' ? null : reason;
  }
}

function entryOf({ number, reason }: Undone): JournalEntry {
  return reason === null ? { kind: 'undone', number } : { kind: 'stays', number, reason };
}
