import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EideticError } from '../domain/errors.ts';
import {
  type DownloadRun,
  type DownloadSource,
  type DownloadTiming,
  describeFailure,
  type ExpectedFile,
  type Received,
  unavailable,
} from './download.ts';
import { claimPart, deletePart, deletePartsLeft, type PartFile, releasePart } from './part-file.ts';
import { checkFile, placeFile } from './place-file.ts';
import { receivePart, sizeOf } from './receive-part.ts';

/** Patient with a slow line, quick to say that there is none. */
export const DEFAULT_TIMING: DownloadTiming = {
  answerTimeoutMs: 10_000,
  stallMs: 30_000,
  retryMs: 500,
  longestWaitMs: 60_000,
};

/** Tries in a row that bring nothing, and tries in all. */
const MOST_IDLE_TRIES = 4;
const MOST_TRIES = 100;

/**
 * Downloads a file: resumes what an earlier process began, survives a broken connection, and gives the file its name
 * only when size and SHA-256 are right and it is safe on disk.
 * @param name of the file in the folder
 * @throws EideticError MODEL_UNAVAILABLE with the reason alone; AbortError when the signal stops it
 */
export async function downloadFile(
  source: DownloadSource,
  folder: string,
  name: string,
  expected: ExpectedFile,
  run: DownloadRun,
): Promise<void> {
  const part = await claimPart(folder, name);
  try {
    const isResumed = await keepWhatFits(part, source, expected);
    const tries = await receiveAll(source, expected, part, run);
    let wrong = await checkFile(part.path, expected);
    if (wrong !== null && (isResumed || tries > 1)) {
      run.say(`the pieces of ${name} do not belong together (${wrong}); beginning anew`);
      await emptyPart(part);
      await receiveAll(source, expected, part, run);
      wrong = await checkFile(part.path, expected);
    }
    if (wrong !== null) {
      await deletePart(part);
      throw unavailable(`${source.url.host} sent the wrong bytes: ${wrong}; they were deleted`);
    }
    await placeFile(part.path, join(folder, name));
    await deletePart(part);
    await deletePartsLeft(folder, name);
  } finally {
    if ((await sizeOf(part.path)) === 0) {
      await deletePart(part);
    }
    releasePart(part);
  }
}

/** Empties a part of something else. @returns whether anything is left */
async function keepWhatFits(
  part: PartFile,
  source: DownloadSource,
  { sizeBytes, sha256 }: ExpectedFile,
): Promise<boolean> {
  const { origin } = part;
  const have = await sizeOf(part.path);
  const isSame =
    origin !== null &&
    (sha256 === null
      ? origin.sha256 === null && origin.etag !== null && origin.url === source.url.href
      : origin.sha256 === sha256);
  if (!isSame || have > (sizeBytes ?? Number.POSITIVE_INFINITY)) {
    await emptyPart(part);
    return false;
  }
  return have > 0;
}

async function emptyPart(part: PartFile): Promise<void> {
  await (await open(part.path, 'w')).close();
}

/** @returns how many requests it took */
async function receiveAll(
  source: DownloadSource,
  expected: ExpectedFile,
  part: PartFile,
  run: DownloadRun,
): Promise<number> {
  const start = await sizeOf(part.path);
  let idleTries = 0;
  for (let tries = 1; ; tries++) {
    const before = await sizeOf(part.path);
    const received = await tryOnce(source, expected, part, run, before > start);
    if (received === 'complete') {
      return tries;
    }
    const now = await sizeOf(part.path);
    idleTries = now > before ? 0 : idleTries + 1;
    if (idleTries === MOST_IDLE_TRIES || tries === MOST_TRIES) {
      throw unavailable(`${received.again}, after ${tries} tries`);
    }
    const waitMs = received.waitMs ?? run.timing.retryMs * 2 ** idleTries;
    run.say(`${received.again}; trying again in ${(waitMs / 1_000).toFixed(1)} s`);
    await sleep(waitMs, undefined, { signal: run.signal });
  }
}

/** @param isUnderWay whether bytes have come already: then a network that is gone may come back */
async function tryOnce(
  source: DownloadSource,
  expected: ExpectedFile,
  part: PartFile,
  run: DownloadRun,
  isUnderWay: boolean,
): Promise<Received> {
  try {
    return await receivePart(source, expected, part, run);
  } catch (error) {
    run.signal.throwIfAborted();
    if (error instanceof EideticError) {
      throw error;
    }
    const { code, path } = error as NodeJS.ErrnoException;
    if (path !== undefined) {
      throw unavailable(`${path} cannot be written (${describeFailure(error)})`, error);
    }
    const reason = `${source.url.host} cannot be reached (${describeFailure(error)})`;
    if (isUnderWay || code === 'ECONNRESET' || code === 'EPIPE') {
      return { again: reason, waitMs: null };
    }
    throw unavailable(reason, error);
  }
}
