import type { PlanContext } from './plan-context.ts';
import type { BadName } from './scan-report.ts';

const BAD_FILE =
  'The name is not valid UTF-8, so the library cannot keep it; rename the file and index again.';
const BAD_FOLDER =
  'The name of this folder is not valid UTF-8, so nothing in it was looked at; rename the folder and index again.';

/** Plans a failure of its own for a name that is not UTF-8, unless it is one already. */
export async function planBadName(
  { rawPath, shown, isFolder }: BadName,
  { knownNames, plan }: Pick<PlanContext, 'knownNames' | 'plan'>,
): Promise<void> {
  const bytes = Buffer.from(rawPath);
  if (knownNames.delete(bytes.toString('latin1'))) {
    plan.stillFailed++;
    return;
  }
  plan.newBadNames++;
  await plan.failures.add({
    path: shown,
    rawPath: bytes.toString('hex'),
    code: 'INVALID_INPUT',
    message: isFolder ? BAD_FOLDER : BAD_FILE,
    retry: 'changed',
  });
}
