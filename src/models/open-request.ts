import { type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { proxyFor } from './proxy-for.ts';

/** How a request is made. */
export interface Connection {
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read from: fetch of Node 20 knows no proxies. */
  readonly environment: NodeJS.ProcessEnv;
  /** Longest time until the answer begins, milliseconds. */
  readonly answerTimeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Sends a GET and waits for the head of the answer; redirects are not followed.
 * @throws an Error with a `code` of Node's when no answer comes
 */
export async function openRequest(
  url: URL,
  headers: OutgoingHttpHeaders,
  connection: Connection,
): Promise<IncomingMessage> {
  const { signal } = connection;
  const proxy = proxyFor(url, connection.environment);
  if (url.protocol === 'https:') {
    const socket = proxy === null ? null : await openTunnel(proxy, url, connection);
    const tunnel =
      socket === null ? {} : { createConnection: () => connectTls({ socket, servername: url.hostname }) };
    return answer(requestHttps(url, { headers, signal, ...tunnel }), connection);
  }
  if (proxy === null) {
    return answer(requestHttp(url, { headers, signal }), connection);
  }
  const throughProxy = { ...proxyHeaders(proxy), ...headers, host: url.host };
  return answer(send(proxy)(proxy, { path: url.href, headers: throughProxy, signal }), connection);
}

function openTunnel(proxy: URL, url: URL, connection: Connection): Promise<Socket> {
  const authority = `${url.hostname}:${url.port || 443}`;
  const request = send(proxy)(proxy, {
    method: 'CONNECT',
    path: authority,
    headers: { ...proxyHeaders(proxy), host: authority },
    signal: connection.signal,
  });
  return new Promise((resolve, reject) => {
    request.on('connect', (response, socket) => {
      if (response.statusCode === 200) {
        resolve(socket);
      } else {
        socket.destroy();
        reject(new Error(`the proxy ${proxy.host} answered ${response.statusCode} to CONNECT ${authority}`));
      }
    });
    answer(request, connection).then((response) => {
      response.destroy();
      reject(new Error(`the proxy ${proxy.host} answered ${response.statusCode} to CONNECT ${authority}`));
    }, reject);
  });
}

function answer(request: ReturnType<typeof requestHttp>, connection: Connection): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const seconds = connection.answerTimeoutMs / 1_000;
    const timer = setTimeout(() => {
      request.destroy(Object.assign(new Error(`no answer within ${seconds} s`), { code: 'ETIMEDOUT' }));
    }, connection.answerTimeoutMs);
    request.on('connect', () => clearTimeout(timer));
    request.on('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end();
  });
}

function send(proxy: URL): typeof requestHttp {
  return proxy.protocol === 'https:' ? (requestHttps as typeof requestHttp) : requestHttp;
}

function proxyHeaders(proxy: URL): OutgoingHttpHeaders {
  if (proxy.username === '') {
    return {};
  }
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}
