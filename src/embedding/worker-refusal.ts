import { EideticError } from '../domain/errors.ts';
import type { ModelManifest } from '../domain/model.ts';
import { isMemoryShortage } from '../imaging/memory-shortage.ts';

/** The refusal of a picture that a worker held when it ended. Not the picture's fault for certain, so it is passing. */
export function refuseHeld(cause: Error): EideticError {
  return new EideticError(
    'IMAGE_UNREADABLE',
    `The thread that described this picture ended (${cause.message}), most likely for lack of memory; close other programs and try again, or save it smaller.`,
    { cause, details: { isPassing: true } },
  );
}

/** The refusal of all pictures when a worker ended before its models were loaded. */
export function refuseStart(models: readonly ModelManifest[], cause: Error): EideticError {
  const ids = models.map(({ id }) => id).join(' and ');
  return new EideticError(
    'MODEL_UNAVAILABLE',
    `The thread that loads ${ids} ended before it was ready (${cause.message}); close other programs if memory is short, or choose another model.`,
    { cause },
  );
}

/** What a picture's description failed with; a lack of memory, whoever calls it what, as a refusal that is passing. */
export function refusalOf(error: unknown): unknown {
  if (error instanceof EideticError || !isMemoryShortage(error)) {
    return error;
  }
  return new EideticError(
    'IMAGE_UNREADABLE',
    `Memory ran out while this picture was described (${String(error)}); close other programs and try again, or save it smaller.`,
    { cause: error, details: { isPassing: true } },
  );
}
