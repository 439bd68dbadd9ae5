import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ErrorRequestHandler } from 'express';
import type { EideticError } from '../../src/domain/errors.ts';

interface Test {
  after(work: () => void): void;
}

/** Serves on a free port of a loopback address until the test is over. Returns `http://ADDRESS:PORT`. */
export async function serveForTest(
  test: Test,
  listener: RequestListener,
  address = '127.0.0.1',
): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://${address}:${(server.address() as AddressInfo).port}`;
}

/** Answers an error with 418 and its code, for tests of one middleware without the whole API. */
export const answerWithCode: ErrorRequestHandler = (error: EideticError, _request, response, _next) => {
  response.status(418).json({ code: error.code ?? 'BUG', message: error.message, details: error.details });
};
