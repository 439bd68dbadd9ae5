import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { JournalHeader, Step } from '../../src/apply/journal-entry.ts';
import type { StepOfJournal, StepState } from '../../src/apply/journal-state.ts';
import { journalLine } from '../../src/cli/journal-line.ts';

const HEADER = { startedAt: '2026-03-04T05:06:07.000Z', plan: '/p/plan.jsonl' } as JournalHeader;

function lineOf(...states: readonly StepState[]): string {
  const steps = new Map<number, StepOfJournal>(
    states.map((state, i) => [i, { number: i, step: { action: 'trash', to: null } as Step, state }]),
  );
  return journalLine({ header: HEADER, steps });
}

it('a line of a journal says what was begun and not ended, and who goes on', () => {
  assert.equal(
    lineOf('done', 'begun', 'begun'),
    '2026-03-04 05:06 (UTC)  /p/plan.jsonl: 1 file in the trash; 1 of 1 can be taken back; 2 files begun and not ended: unless that is being done now, "eidetic apply" or "eidetic undo" goes on there',
  );
  assert.match(lineOf('undone', 'undoing'), /1 file begun and not ended/);
  assert.doesNotMatch(lineOf('done', 'undone', 'left', 'stays'), /not ended/);
});
