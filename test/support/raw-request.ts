import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

/**
 * Sends bytes as they are and returns all that comes back until the server closes the connection, or `waitMs` have
 * passed.
 */
export function rawRequest(address: string, text: string | Uint8Array, waitMs = 2_000): Promise<string> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(received);
    };
    const timer = setTimeout(end, waitMs);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    // A server may close before it has read everything.
    socket.on('error', () => {});
    socket.on('close', end);
    socket.write(text);
  });
}

/** Asks with these headers and no others: fetch refuses those that only browsers may set, and adds its own. */
export function askRaw(
  address: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(address + path, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('latin1');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Uploads zeros to `/v1/search` and reads nothing before the last of them is sent, as simple clients do. */
export function sendThenRead(
  address: string,
  sizeBytes: number,
): Promise<{ statusLine: string; error: string | null }> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    let error: string | null = null;
    socket.pause();
    socket.write(
      `POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\nContent-Length: ${sizeBytes}\r\n\r\n`,
    );
    socket.write(Buffer.alloc(sizeBytes), () => socket.resume());
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
    });
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      error = cause.code ?? cause.message;
    });
    socket.on('close', () => resolve({ statusLine: received.split('\r\n')[0] ?? '', error }));
  });
}
