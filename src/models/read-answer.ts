import type { IncomingMessage } from 'node:http';
import { type DownloadTiming, type Received, unavailable } from './download.ts';
import type { PartOrigin } from './part-file.ts';
import { retryAfterMs } from './retry-after.ts';

/**
 * What an answer without the file means.
 * @returns null when it has the file, or a part of it
 * @throws EideticError MODEL_UNAVAILABLE for an answer that will stay the same
 */
export function refusedAnswer(response: IncomingMessage, { longestWaitMs }: DownloadTiming): Received | null {
  const status = response.statusCode ?? 0;
  if (status === 200 || status === 206 || status === 416) {
    return null;
  }
  const waitMs = retryAfterMs(response.headers['retry-after'], Date.now());
  if (waitMs !== null && waitMs > longestWaitMs) {
    throw unavailable(
      `the server answered ${status} and asks to wait ${Math.ceil(waitMs / 1_000)} s; try again then`,
    );
  }
  if (status === 408 || status === 429 || status >= 500) {
    return { again: `the server answered ${status}`, waitMs };
  }
  const meaning: Readonly<Record<number, string>> = {
    401: ' (not allowed: it may need HF_TOKEN, or may not exist)',
    403: ' (not allowed: it may need HF_TOKEN, and its terms accepted on the hub)',
    404: ' (not there)',
  };
  throw unavailable(`the server answered ${status}${meaning[status] ?? ''}`);
}

/** Where the range that came begins, or null. */
export function rangeStart(response: IncomingMessage): number | null {
  const start = /^bytes (\d+)-/.exec(response.headers['content-range'] ?? '')?.[1];
  return start === undefined ? null : Number(start);
}

/** Size of the whole file, or null when the answer does not tell. */
export function totalSize({ statusCode, headers }: IncomingMessage): number | null {
  const text = statusCode === 206 ? headers['content-range']?.split('/')[1] : headers['content-length'];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

/** The server's name for this very content; a weak one may stand for several. */
export function strongEtag({ headers }: IncomingMessage): PartOrigin['etag'] {
  return headers.etag === undefined || headers.etag.startsWith('W/') ? null : headers.etag;
}
