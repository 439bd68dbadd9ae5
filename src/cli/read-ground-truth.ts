import { describeSystemError, isAbsent } from '../domain/describe-system-error.ts';
import { EideticError } from '../domain/errors.ts';
import { readTextFile } from '../domain/open-text-file.ts';
import { type GroundTruth, parseGroundTruth } from '../evaluation/ground-truth.ts';

/**
 * The ground truth in a JSON file.
 * @throws EideticError NOT_FOUND when it is not there; INVALID_INPUT when it cannot be read, and as parseGroundTruth
 */
export async function readGroundTruth(file: string): Promise<GroundTruth> {
  let text: string;
  try {
    text = await readTextFile(file);
  } catch (cause) {
    throw new EideticError(
      isAbsent(cause) ? 'NOT_FOUND' : 'INVALID_INPUT',
      `The ground truth ${file} cannot be read: ${describeSystemError(cause)}; name a JSON file.`,
      { cause },
    );
  }
  return parseGroundTruth(text, file);
}
