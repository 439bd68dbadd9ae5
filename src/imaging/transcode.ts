import { EideticError } from '../domain/errors.ts';
import { refuseFatal, refuseSlow } from './decoding-refusal.ts';
import { TranscoderProcess } from './transcoder-process.ts';
import type { TranscoderRequest } from './transcoder-protocol.ts';

/** How long an idle process is kept for the next picture. Starting one costs a third of a second. */
const IDLE_MS = 10_000;

let kept: TranscoderProcess | null = null;
let idleTimer: NodeJS.Timeout | undefined;
let lastInLine: Promise<unknown> = Promise.resolve();

/**
 * Turns a picture file into one of the same pixels that sharp decodes without surprises: an SVG into a PNG, a HEIC
 * into a TIFF, a file of bad manners into one without. That is done in a process of its own, one picture at a time
 * for each thread, because only a process can be stopped (the filters of a drawing run for hours inside librsvg,
 * which asks nobody whether to go on), what a decoder takes or breaks is gone with it, and only alone are a
 * decoder's words known to be about this picture. The time limit counts from the start of the work.
 * @throws EideticError IMAGE_UNREADABLE when it is damaged, takes longer than `timeoutMs` or ends the process,
 *   IMAGE_TOO_LARGE for a drawing of more than `maxPixels`, FORMAT_UNSUPPORTED
 */
export function transcode(request: TranscoderRequest): Promise<Uint8Array> {
  const picture = lastInLine.then(() => transcodeNext(request));
  lastInLine = picture.catch(() => undefined);
  return picture;
}

async function transcodeNext(request: TranscoderRequest): Promise<Uint8Array> {
  clearTimeout(idleTimer);
  const { timeoutMs } = request.limits;
  const transcoder = kept?.isUsable ? kept : new TranscoderProcess();
  kept = transcoder;
  const reply = await transcoder.ask(request, timeoutMs);
  if (typeof reply === 'string') {
    transcoder.close();
    throw reply === 'timeout' ? refuseSlow(request.format, timeoutMs) : refuseFatal(request.format);
  }
  idleTimer = setTimeout(() => transcoder.close(), IDLE_MS).unref();
  if ('file' in reply) {
    return reply.file;
  }
  const { code, message, details, causeMessage } = reply;
  throw new EideticError(code, message, { details, cause: new Error(causeMessage) });
}
