import type { Response } from 'express';

/** How long what a client goes on sending is read and thrown away, milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * Answers a request whose body is not all here. The answer goes out at once, the connection is closed when the client
 * has sent the rest or has had its time: closed earlier it would be reset under a client that is still sending, which
 * then never sees the answer (RFC 9112, section 9.6).
 */
export function answerBeforeEnd(response: Response, answer: string): void {
  const { req: request } = response;
  response.setHeader('Connection', 'close');
  response.setHeader('Content-Length', Buffer.byteLength(answer));
  response.write(answer);
  const timer = setTimeout(() => response.end(), PATIENCE_MS);
  request.once('end', () => response.end());
  response.once('close', () => clearTimeout(timer));
  request.resume();
}
