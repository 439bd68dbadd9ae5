import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a server answers one request for a file. */
export type Behaviour = (request: IncomingMessage, response: ServerResponse, content: Uint8Array) => void;

/** A server on 127.0.0.1, which is also reached as localhost: two hosts to a client. */
export interface ModelServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly base: string;
  /** What was asked, in order. */
  readonly requests: ReadonlyArray<{ readonly path: string; readonly headers: IncomingHttpHeaders }>;
}

/**
 * Serves files by path until the test ends.
 * @param behaviours for the first request, the second and so on; the last one stays
 */
export async function serveModels(
  t: { after(hook: () => void): void },
  files: Readonly<Record<string, Uint8Array>>,
  ...behaviours: readonly Behaviour[]
): Promise<ModelServer> {
  const requests: Array<{ path: string; headers: IncomingHttpHeaders }> = [];
  const server = createServer((request, response) => {
    const path = decodeURI(request.url ?? '');
    const behave = behaviours[Math.min(requests.length, behaviours.length - 1)] ?? honest;
    requests.push({ path, headers: request.headers });
    const content = Object.entries(files).find(([name]) => path.endsWith(name))?.[1];
    if (content === undefined) {
      response.writeHead(404).end();
    } else {
      behave(request, response, content);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { port, base: `http://127.0.0.1:${port}`, requests };
}

/** Everything right: ranges, If-Range, lengths. */
export const honest: Behaviour = (request, response, content) => {
  const { status, headers, body } = rangeAnswer(request, content);
  response.writeHead(status, headers).end(body);
};

/** Promises all of it and breaks the connection after some bytes of the answer. */
export function breakAfter(bytes: number): Behaviour {
  return (request, response, content) => {
    const { status, headers, body } = rangeAnswer(request, content);
    response.writeHead(status, headers);
    response.write(body.subarray(0, bytes));
    setTimeout(() => response.socket?.destroy(), 30); // at once, the client would lose what it has not read yet
  };
}

/** Sends some bytes and then nothing, with the connection open. */
export function stallAfter(bytes: number): Behaviour {
  return (request, response, content) => {
    const { status, headers, body } = rangeAnswer(request, content);
    response.writeHead(status, headers);
    response.write(body.subarray(0, bytes));
  };
}

/** Sends all of it whatever part was asked for. */
export const withoutRanges: Behaviour = (_request, response, content) => {
  response.writeHead(200, { 'content-length': content.length }).end(content);
};

/** Right in size, wrong in one byte of the second half. */
export const wrongByte: Behaviour = (request, response, content) => {
  const wrong = Uint8Array.from(content);
  const position = Math.floor(content.length * 0.75);
  wrong[position] = (wrong[position] ?? 0) ^ 1;
  honest(request, response, wrong);
};

export function answerStatus(status: number, headers: Record<string, string> = {}): Behaviour {
  return (_request, response) => {
    response.writeHead(status, headers).end();
  };
}

function rangeAnswer(request: IncomingMessage, content: Uint8Array) {
  const etag = `"${createHash('sha256').update(content).digest('hex')}"`;
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
  const isCurrent = [undefined, etag].includes(request.headers['if-range'] as string | undefined);
  if (Number.isNaN(start) || !isCurrent) {
    return { status: 200, headers: { etag, 'content-length': content.length }, body: content };
  }
  if (start >= content.length) {
    return {
      status: 416,
      headers: { etag, 'content-range': `bytes */${content.length}` },
      body: new Uint8Array(0),
    };
  }
  const body = content.subarray(start);
  const range = `bytes ${start}-${content.length - 1}/${content.length}`;
  return { status: 206, headers: { etag, 'content-length': body.length, 'content-range': range }, body };
}
