import assert from 'node:assert/strict';
import { eideticJson } from './run-eidetic.ts';

/** Asks the doctor, who must find nothing wrong. */
export async function assertSound(library: string): Promise<void> {
  const { checks } = await eideticJson<{ checks: Array<{ name: string; isSound: boolean }> }>([
    'doctor',
    '--json',
    '--library',
    library,
  ]);
  assert.deepEqual(
    checks.filter(({ isSound }) => !isSound),
    [],
  );
}
