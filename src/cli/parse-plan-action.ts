import { PLAN_ACTIONS, type PlanAction } from '../curation/plan.ts';
import { EideticError } from '../domain/errors.ts';

/** What is done to files that are dropped. */
export interface AskedAction {
  readonly action: PlanAction;
  /** Where a move goes, as it was written; null for other actions. */
  readonly moveTo: string | null;
}

/** @param words those of --action @throws EideticError INVALID_INPUT */
export function parsePlanAction(words: readonly string[]): AskedAction {
  const [first = '', ...rest] = words;
  // In quotes, as the help has it, the shell makes one word of it.
  const isQuoted = rest.length === 0 && first.startsWith('move ');
  const [name, folder, ...more] = isQuoted ? ['move', first.slice('move '.length).trim()] : words;
  const action = PLAN_ACTIONS.find((one) => one === name);
  const hasFolder = folder !== undefined && folder !== '' && more.length === 0;
  if (action === 'move' && hasFolder) {
    return { action, moveTo: folder };
  }
  if (action !== undefined && action !== 'move' && folder === undefined) {
    return { action, moveTo: null };
  }
  const found = [name, folder, ...more].filter((word) => word !== undefined).join(' ');
  throw new EideticError(
    'INVALID_INPUT',
    `Found --action ${found}, expected trash, "move FOLDER", hardlink, reflink or delete.`,
  );
}
