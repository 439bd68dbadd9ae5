import { readFile } from 'node:fs/promises';
import { EideticError } from '../domain/errors.ts';
import { type GroundTruth, parseGroundTruth } from '../evaluation/ground-truth.ts';
import { describeSystemError, isAbsent } from '../indexer/describe-system-error.ts';

/**
 * The ground truth in a JSON file.
 * @throws EideticError NOT_FOUND when it is not there; INVALID_INPUT when it cannot be read, and as parseGroundTruth
 */
export async function readGroundTruth(file: string): Promise<GroundTruth> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new EideticError(
      isAbsent(cause) ? 'NOT_FOUND' : 'INVALID_INPUT',
      `The ground truth ${file} cannot be read: ${describeSystemError(cause)}; name a JSON file.`,
      { cause },
    );
  }
  return parseGroundTruth(text, file);
}
