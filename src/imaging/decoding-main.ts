import { EideticError } from '../domain/errors.ts';
import type { DecodingReply, DecodingRequest, DecodingTask, DecodingTasks } from './decoding-protocol.ts';
import { hashFile } from './hash-file.ts';
import { hashPixels } from './hash-pixels.ts';
import { preparePicture } from './prepare-picture.ts';
import { makeThumbnail } from './thumbnail.ts';

// Entry of a decoding process: one picture at a time.

async function work(request: DecodingRequest): Promise<DecodingTasks[DecodingTask]['answer']> {
  const { limits } = request;
  switch (request.task) {
    case 'prepare': {
      const startedAt = performance.now();
      const prepared = await preparePicture(request.bytes, request.recipes, limits, request.region);
      return { ...prepared, decodeMs: performance.now() - startedAt };
    }
    case 'thumbnail':
      return makeThumbnail(request.bytes, request.maxSide, limits);
    case 'hash':
      return hashPixels(request.bytes, limits);
    case 'hashFile':
      return hashFile(request.paths, request.contentHash, limits);
  }
}

async function reply(request: DecodingRequest): Promise<DecodingReply> {
  try {
    return { answer: await work(request) };
  } catch (error) {
    if (error instanceof EideticError) {
      const { code, message, details, cause } = error;
      return { code, message, details, causeMessage: String(cause ?? message) };
    }
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    return { bug: message, stack };
  }
}

process.on('message', (request: DecodingRequest) => {
  void reply(request).then((answer) => process.send?.(answer));
});
// A polite exit would wait for a decoder that may never end.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
