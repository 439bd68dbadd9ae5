import { EideticError } from '../domain/errors.ts';
import { refuseUndecodable } from './decoding-refusal.ts';
import { heicToTiff } from './heic-to-tiff.ts';
import { judgePicture } from './judge-picture.ts';
import { svgToPng } from './svg-to-png.ts';
import type { TranscoderReply, TranscoderRequest } from './transcoder-protocol.ts';

function transcode(request: TranscoderRequest): Promise<Uint8Array> {
  switch (request.task) {
    case 'draw':
      return svgToPng(request.bytes, request.limits);
    case 'decode':
      return heicToTiff(request.bytes, request.profile);
    case 'judge':
      return judgePicture(request);
  }
}

async function answer(request: TranscoderRequest): Promise<TranscoderReply> {
  try {
    return { file: await transcode(request) };
  } catch (cause) {
    const error = cause instanceof EideticError ? cause : refuseUndecodable(request.format, cause);
    const { code, message, details } = error;
    return { code, message, details, causeMessage: String(error.cause ?? message) };
  }
}

process.on('message', (request: TranscoderRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
// A polite exit would wait for a decoder that may never end.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
