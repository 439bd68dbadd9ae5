import { noisePicture } from './noise-picture.ts';
import { type ProbeOutput, type ProbeSession, refusal } from './probe-session.ts';

/** A picture size that works, with what it gave. */
export interface WorkingSize {
  readonly height: number;
  readonly width: number;
  readonly outputs: ReadonlyMap<string, ProbeOutput>;
}

/** Sides tried when the file names none: 224 is what most models were trained or exported at. */
const USUAL_SIDES = [224, 256, 384, 288, 320, 336, 448, 392, 518, 160, 128, 112];

/**
 * The size to use a model at.
 * @throws EideticError MODEL_UNAVAILABLE when no size works
 */
export async function findBaseSize(file: string, session: ProbeSession): Promise<WorkingSize> {
  const { height, width } = session.input;
  const sides = height !== null && width !== null ? [0] : USUAL_SIDES;
  let reason = '';
  for (const side of sides) {
    const tried = await trySize(session, height ?? width ?? side, width ?? height ?? side);
    if (!(tried instanceof Error)) {
      return tried;
    }
    reason ||= tried.message;
  }
  throw refusal(file, `it fails with every picture size that was tried: ${reason}`);
}

/**
 * Other sizes that work, a square and a wide one; empty when the model takes one size only. Sides are multiples of
 * 56 and 64, so that most patch sides divide some of them.
 */
export async function findOtherSizes(session: ProbeSession, base: WorkingSize): Promise<WorkingSize[]> {
  if (session.input.height !== null || session.input.width !== null) {
    return [];
  }
  for (const side of [112, 128, 192, 160, 448]) {
    const square = side === base.height ? new Error('the base again') : await trySize(session, side, side);
    if (!(square instanceof Error)) {
      const wide = await trySize(session, side, base.width);
      return wide instanceof Error ? [] : [square, wide];
    }
  }
  return [];
}

/** Gives pictures of a size to the model. */
export async function trySize(
  session: ProbeSession,
  height: number,
  width: number,
): Promise<WorkingSize | Error> {
  const outputs = await session.run([noisePicture(1, height, width)], height, width);
  return outputs instanceof Error ? outputs : { height, width, outputs };
}
