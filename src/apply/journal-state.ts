import type { JournalEntry, JournalHeader, Step } from './journal-entry.ts';
import type { Sidecar } from './write-sidecar.ts';

/** How far a step is. `begun` and `undoing` are those that something came between. */
export type StepState = 'begun' | 'done' | 'left' | 'undoing' | 'undone' | 'stays';

export interface StepOfJournal {
  readonly number: number;
  readonly step: Step;
  readonly state: StepState;
}

export interface FolderOfJournal {
  /** When it was last changed before anything was done, nanoseconds since 1970. */
  readonly before: bigint;
  /** Likewise after what was done last; null until that is known. */
  readonly after: bigint | null;
  /** Whether somebody else has changed it meanwhile. */
  readonly isForeign: boolean;
  /** Whether it was about to get its time back. */
  readonly isRestoring: boolean;
}

/** What a journal comes to. */
export class JournalState {
  readonly header: JournalHeader;
  /** By number, in the order in which they were begun. */
  readonly steps = new Map<number, StepOfJournal>();
  readonly folders = new Map<string, FolderOfJournal>();
  /** Folders that were made, in their order. */
  readonly made = new Set<string>();
  /** Sidecars that were written, by their paths. */
  readonly sidecars = new Map<string, Sidecar>();

  constructor(header: JournalHeader) {
    this.header = header;
  }

  take(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'begin':
        this.steps.delete(entry.number); // what is begun again is the last that was begun
        this.steps.set(entry.number, { number: entry.number, step: entry.step, state: 'begun' });
        break;
      case 'done':
      case 'left':
      case 'undoing':
      case 'undone':
      case 'stays':
        this.#mark(entry.number, entry.kind);
        break;
      case 'folder':
        this.folders.set(entry.path, {
          before: BigInt(entry.modifiedNs),
          after: null,
          isForeign: false,
          isRestoring: false,
        });
        break;
      case 'sidecar':
        this.sidecars.set(entry.path, { path: entry.path, text: entry.text });
        break;
      case 'made':
        this.made.add(entry.path);
        break;
      case 'settled':
        for (const { path, modifiedNs } of entry.folders) {
          this.#change(path, { after: BigInt(modifiedNs) });
        }
        break;
      case 'foreign':
        for (const path of entry.paths) {
          this.#change(path, { isForeign: true });
        }
        break;
      case 'restoring':
        for (const path of entry.paths) {
          this.#change(path, { isRestoring: true });
        }
        break;
      case 'restored':
        this.folders.clear();
        this.made.clear();
        this.sidecars.clear();
        break;
    }
  }

  /** Steps in this state, in the order in which they were begun. */
  inState(...states: readonly StepState[]): StepOfJournal[] {
    return [...this.steps.values()].filter(({ state }) => states.includes(state));
  }

  /**
   * Whether anything is done, or was left half done, or not all folders have their times back. What could not be taken back
   * once stands in the way of nothing else.
   */
  get isToBeUndone(): boolean {
    const isOpen = this.inState('begun', 'done', 'undoing').length > 0;
    return isOpen || (this.folders.size > 0 && this.inState('stays').length === 0);
  }

  /** Whether something could not be taken back once that may be by now: all but what was deleted for good. */
  get mayComeBack(): boolean {
    return this.inState('stays').some(({ step }) => step.action !== 'delete');
  }

  /** A step that was refused before it was begun is not remembered: it is looked at anew each time. */
  #mark(number: number, state: StepState): void {
    const known = this.steps.get(number);
    if (known !== undefined) {
      this.steps.set(number, { ...known, state });
    }
  }

  #change(path: string, change: Partial<FolderOfJournal>): void {
    const known = this.folders.get(path);
    if (known !== undefined) {
      this.folders.set(path, { ...known, ...change });
    }
  }
}
