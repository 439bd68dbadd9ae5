import { openSharp } from './open-sharp.ts';

/** Whether a picture that sharp reads has no more colors than a palette, 256 at most. @throws what sharp throws */
export async function hasPalette(bytes: Uint8Array): Promise<boolean> {
  return (await openSharp(bytes).metadata()).isPalette === true;
}
