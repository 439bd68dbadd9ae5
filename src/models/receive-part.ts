import { open, stat, statfs, truncate, writeFile } from 'node:fs/promises';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { dirname } from 'node:path';
import { EideticError } from '../domain/errors.ts';
import {
  type DownloadRun,
  type DownloadSource,
  describeFailure,
  type ExpectedFile,
  type Received,
  unavailable,
} from './download.ts';
import { followRedirects } from './follow-redirects.ts';
import { type PartFile, saveOrigin } from './part-file.ts';
import { rangeStart, refusedAnswer, strongEtag, totalSize } from './read-answer.ts';

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/**
 * Asks once for what is missing of a part and writes what comes.
 * @throws EideticError MODEL_UNAVAILABLE when trying again would not help
 */
export async function receivePart(
  source: DownloadSource,
  expected: ExpectedFile,
  part: PartFile,
  run: DownloadRun,
): Promise<Received> {
  const have = await sizeOf(part.path);
  if (have > 0 && have === expected.sizeBytes) {
    return 'complete';
  }
  const { environment, signal, timing } = run;
  const response = await followRedirects(
    source.url,
    rangeHeaders(have, part, source, expected),
    source.token,
    {
      environment,
      signal,
      answerTimeoutMs: timing.answerTimeoutMs,
    },
  );
  try {
    const refused = refusedAnswer(response, timing);
    if (refused !== null) {
      return refused;
    }
    const offset = response.statusCode === 206 ? have : 0;
    if (response.statusCode === 416 || (offset > 0 && rangeStart(response) !== offset)) {
      await truncate(part.path, 0);
      return { again: 'the server does not have what is missing; beginning anew', waitMs: null };
    }
    const total = totalSize(response);
    requireSize(total, expected, source.url);
    await requireRoom(part.path, total === null ? 0 : total - offset);
    if (offset === 0) {
      await writeFile(part.path, ''); // before the origin changes, so that no other bytes are ever taken for its own
    }
    await saveOrigin(part, { url: source.url.href, etag: strongEtag(response), sha256: expected.sha256 });
    return await writeBody(response, part.path, offset, { ...expected, total }, run);
  } finally {
    response.destroy();
  }
}

/**
 * Asks for the rest only when something will prove that it belongs to what is there: the SHA-256 at the end, or the
 * server's name for the content.
 */
function rangeHeaders(
  have: number,
  { origin }: PartFile,
  source: DownloadSource,
  { sha256 }: ExpectedFile,
): OutgoingHttpHeaders {
  const headers = { 'accept-encoding': 'identity', 'user-agent': 'eidetic' };
  const etag = origin?.url === source.url.href ? origin.etag : null;
  if (have === 0 || (etag === null && sha256 === null)) {
    return headers;
  }
  return { ...headers, range: `bytes=${have}-`, ...(etag === null ? {} : { 'if-range': etag }) };
}

function requireSize(total: number | null, { sizeBytes, maxBytes }: ExpectedFile, url: URL): void {
  if (total !== null && sizeBytes !== null && total !== sizeBytes) {
    throw unavailable(
      `${url.host} offers a file of ${total} bytes, expected ${sizeBytes}: it is another file`,
    );
  }
  if (total !== null && total > maxBytes) {
    throw unavailable(`${url.host} offers a file of ${total} bytes, expected ${maxBytes} at most`);
  }
}

async function requireRoom(path: string, bytes: number): Promise<void> {
  const folder = dirname(path);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes) {
    throw unavailable(
      `${bytes} bytes are to come and only ${bavail * bsize} are free in ${folder}; make room`,
    );
  }
}

async function writeBody(
  response: IncomingMessage,
  path: string,
  offset: number,
  expected: ExpectedFile & { readonly total: number | null },
  run: DownloadRun,
): Promise<Received> {
  const file = await open(path, 'r+');
  const { stallMs } = run.timing;
  const stalled = setTimeout(
    () => response.destroy(new Error(`nothing came for ${stallMs / 1_000} s`)),
    stallMs,
  );
  let position = offset;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (position + chunk.length > expected.maxBytes) {
        throw unavailable(`more than ${expected.maxBytes} bytes came: it is another file`);
      }
      await file.write(chunk, 0, chunk.length, position);
      position += chunk.length;
      stalled.refresh();
      run.onProgress(position, expected.total ?? expected.sizeBytes);
    }
  } catch (error) {
    run.signal.throwIfAborted();
    if (error instanceof EideticError) {
      throw error;
    }
    if (DISK_FULL.has((error as NodeJS.ErrnoException).code ?? '')) {
      throw unavailable(
        `the disk is full after ${position} bytes in ${dirname(path)}; make room, what has come is kept`,
      );
    }
    return { again: `the connection broke at ${position} bytes (${describeFailure(error)})`, waitMs: null };
  } finally {
    clearTimeout(stalled);
    await file.close();
  }
  const end = expected.total ?? expected.sizeBytes;
  return end === null || position >= end
    ? 'complete'
    : { again: `the answer ended at ${position} of ${end} bytes`, waitMs: null };
}

/** Size of a file, 0 when there is none. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
