import { type FileHandle, open } from 'node:fs/promises';
import type { NewDecision } from '../domain/decision.ts';
import { describeSystemError } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';
import { parseDecisionLine } from './decision-line.ts';

/**
 * The decisions of a file that "eidetic decisions export" has written, in its order; empty lines count for nothing.
 * @throws EideticError INVALID_INPUT with the first line that is wrong, or why the file cannot be read
 */
export async function readDecisions(path: string): Promise<NewDecision[]> {
  const found: NewDecision[] = [];
  let line = 0;
  for await (const text of linesOf(path)) {
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

async function* linesOf(path: string): AsyncGenerator<string> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    yield* handle.readLines({ encoding: 'utf8' });
  } catch (cause) {
    throw new EideticError(
      'INVALID_INPUT',
      `The decisions in ${path} cannot be read: ${describeSystemError(cause)}. Nothing was merged.`,
      { cause },
    );
  } finally {
    await handle?.close();
  }
}
