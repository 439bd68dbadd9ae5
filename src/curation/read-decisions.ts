import type { NewDecision } from '../domain/decision.ts';
import { EideticError } from '../domain/errors.ts';
import { parseDecisionLine } from './decision-line.ts';
import { linesOf } from './lines-of.ts';

/**
 * The decisions of a file that "eidetic decisions export" has written, in its order; empty lines count for nothing.
 * @throws EideticError INVALID_INPUT with the first line that is wrong, or why the file cannot be read
 */
export async function readDecisions(path: string): Promise<NewDecision[]> {
  const found: NewDecision[] = [];
  let line = 0;
  for await (const text of linesOf(path, 'Nothing was merged. The file of decisions')) {
    line++;
    if (text.trim() === '') {
      continue;
    }
    const decision = parseDecisionLine(text);
    if ('problem' in decision) {
      throw new EideticError(
        'INVALID_INPUT',
        `Line ${line} of ${path} is no decision: ${decision.problem}. Nothing was merged; export the decisions anew.`,
      );
    }
    found.push(decision);
  }
  return found;
}
