import type { ApiAddress } from './api-address.ts';
import { apiErrorOf } from './api-error.ts';

/** Sends requests to one server. */
export interface Sender {
  /** @param path with its query string. @throws EideticApiError when the server refuses */
  ask(path: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response>;
  /** @param query parameters that are undefined are not sent, and lists as often as they are long */
  get<Answer>(path: string, query: object | undefined, signal: AbortSignal | undefined): Promise<Answer>;
  /** What a server says of itself, which it does with 503 too while it cannot answer anything else. */
  getStatus<Answer>(path: string, signal: AbortSignal | undefined): Promise<Answer>;
  /** @param body a form, or what goes as JSON */
  post<Answer>(path: string, body: unknown, signal: AbortSignal | undefined): Promise<Answer>;
}

export function sender(api: ApiAddress, key: string | undefined): Sender {
  async function send(path: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    const headers = new Headers(init.headers);
    if (key !== undefined) {
      headers.set('authorization', `Bearer ${key}`);
    }
    return fetch(api.of(path), { ...init, headers, ...(signal === undefined ? {} : { signal }) });
  }

  async function ask(path: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    const response = await send(path, init, signal);
    if (!response.ok) {
      throw await apiErrorOf(response);
    }
    return response;
  }

  return {
    ask,
    async get<Answer>(path: string, query: object = {}, signal: AbortSignal | undefined) {
      return (await (await ask(path + toQueryString(query), {}, signal)).json()) as Answer;
    },
    async getStatus<Answer>(path: string, signal: AbortSignal | undefined) {
      const response = await send(path, {}, signal);
      const isAnswer = response.headers.get('content-type')?.startsWith('application/json');
      if (!isAnswer) {
        throw await apiErrorOf(response);
      }
      return (await response.json()) as Answer;
    },
    async post<Answer>(path: string, body: unknown, signal: AbortSignal | undefined) {
      const init: RequestInit =
        body instanceof FormData
          ? { body }
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
      return (await (await ask(path, { method: 'POST', ...init }, signal)).json()) as Answer;
    },
  };
}

export function toQueryString(query: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of value === undefined ? [] : [value].flat()) {
      parameters.append(name, String(one));
    }
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}
