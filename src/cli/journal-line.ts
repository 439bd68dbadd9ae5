import type { JournalState, StepOfJournal } from '../apply/journal-state.ts';
import { PLAN_ACTIONS } from '../curation/plan.ts';
import { DONE_WORDS } from './apply-text.ts';
import { count } from './print.ts';

/** What was done of a plan, and how much of it can be taken back, on one line. */
export function journalLine({ header, ...journal }: Pick<JournalState, 'header' | 'steps'>): string {
  const steps = [...journal.steps.values()];
  const dropped = steps.filter(({ state }) => state !== 'left' && state !== 'undone' && state !== 'begun');
  const undone = steps.filter(({ state }) => state === 'undone').length;
  const words = PLAN_ACTIONS.flatMap((action) => {
    const files = dropped.filter(({ step }) => step.action === action).length;
    return files === 0 ? [] : [`${count(files, 'file')} ${DONE_WORDS[action]}`];
  });
  const parts = [...words, ...(undone > 0 ? [`${count(undone, 'file')} taken back`] : [])];
  const open = steps.filter(({ state }) => state === 'begun' || state === 'undoing').length;
  const when = `${header.startedAt.slice(0, 16).replace('T', ' ')} (UTC)`;
  return `${when}  ${header.plan}: ${parts.length === 0 ? 'nothing was done' : parts.join(', ')}${backWords(dropped)}${openWords(open)}`;
}

function backWords(dropped: readonly StepOfJournal[]): string {
  if (dropped.length === 0) {
    return '';
  }
  const kept = dropped.filter(({ step }) => step.action !== 'delete');
  if (kept.length === 0) {
    return '; none of it can be taken back';
  }
  const failed = kept.filter(({ state }) => state === 'stays').length;
  const lieElsewhere = kept.some(({ step }) => step.to !== null);
  const number = (files: number) => `${files.toLocaleString('en')} of ${dropped.length.toLocaleString('en')}`;
  return [
    ...(kept.length > failed
      ? [
          `; ${number(kept.length - failed)} can be taken back${lieElsewhere ? ' as long as they lie there' : ''}`,
        ]
      : []),
    ...(failed > 0 ? [`; ${number(failed)} could not be taken back when that was tried`] : []),
  ].join('');
}

/** Of steps that something came between. */
function openWords(files: number): string {
  return files === 0
    ? ''
    : `; ${count(files, 'file')} begun and not ended: unless that is being done now, "eidetic apply" or "eidetic undo" goes on there`;
}
