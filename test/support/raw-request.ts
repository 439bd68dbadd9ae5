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
