import type { IncomingMessage } from 'node:http';
import { EideticError } from '../../domain/errors.ts';

/**
 * Reads an answer's body while counting: it is given up as soon as it is too large, whatever its head promised.
 * @param take told of every piece before it is kept; what it throws gives the body up
 * @throws EideticError IMAGE_TOO_LARGE, FORMAT_UNSUPPORTED; the socket's error when it ends early
 */
export async function readBody(
  response: IncomingMessage,
  maxBytes: number,
  take: (bytes: number) => void,
): Promise<Uint8Array> {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new EideticError(
      'FORMAT_UNSUPPORTED',
      `Found a picture compressed in transit (${JSON.stringify(encoding.slice(0, 40))}), expected it as it is.`,
    );
  }
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) {
    throw tooLarge(maxBytes);
  }
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxBytes) {
      throw tooLarge(maxBytes);
    }
    take(piece.length);
    pieces.push(piece);
  }
  return joined(pieces, size);
}

/** In memory of its own: the bytes are handed to another thread, which a piece of Node's shared pool must not be. */
function joined(pieces: readonly Buffer[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

function tooLarge(maxBytes: number): EideticError {
  return new EideticError(
    'IMAGE_TOO_LARGE',
    `The picture is larger than the ${maxBytes} bytes that may be fetched.`,
  );
}
