import { readFile, unlink, writeFile } from 'node:fs/promises';
import { isAbsent } from '../domain/describe-system-error.ts';
import { Refusal } from './refusal.ts';

/** A file that is written beside one that stays. */
export interface Sidecar {
  readonly path: string;
  readonly text: string;
}

/**
 * @param isOurs whether it was written down that it would be written: one that was half written is no other's
 * @throws Refusal when something else is there; nobody's sidecar is written over
 */
export async function refuseOtherSidecar(sidecar: Sidecar, isOurs: boolean): Promise<void> {
  if ((await stateOf(sidecar, isOurs)) === 'other') {
    throw new Refusal(
      `what the file that stays lacks cannot be kept: ${sidecar.path} is there already; apply the plan without --keep-metadata, or look at both`,
    );
  }
}

/** Writes it where nothing is, or it was half written. @throws Refusal, system errors */
export async function writeSidecar(sidecar: Sidecar): Promise<void> {
  await refuseOtherSidecar(sidecar, true);
  const state = await stateOf(sidecar, true);
  if (state !== 'whole') {
    await writeFile(sidecar.path, sidecar.text, { flag: state === 'absent' ? 'wx' : 'w', flush: true });
  }
}

/** Takes it away, unless somebody has changed it since. */
export async function removeSidecar(sidecar: Sidecar): Promise<void> {
  const state = await stateOf(sidecar, true);
  if (state === 'whole' || state === 'half') {
    await unlink(sidecar.path);
  }
}

async function stateOf(
  { path, text }: Sidecar,
  isOurs: boolean,
): Promise<'absent' | 'half' | 'whole' | 'other'> {
  try {
    const found = await readFile(path, 'utf8');
    return found === text ? 'whole' : isOurs && text.startsWith(found) ? 'half' : 'other';
  } catch (error) {
    if (isAbsent(error)) {
      return 'absent';
    }
    throw error;
  }
}
