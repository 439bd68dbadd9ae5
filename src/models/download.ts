import { EideticError } from '../domain/errors.ts';
import type { HostToken } from './follow-redirects.ts';

/** Where a file can be had. */
export interface DownloadSource {
  readonly url: URL;
  readonly token: HostToken | null;
}

/** What is expected of a file. */
export interface ExpectedFile {
  readonly sizeBytes: number | null;
  /** More than this is never written. */
  readonly maxBytes: number;
  readonly sha256: string | null;
}

export interface DownloadTiming {
  /** Longest time until an answer begins. */
  readonly answerTimeoutMs: number;
  /** Longest time without a byte. */
  readonly stallMs: number;
  /** Pause before the first new try; doubled each time. */
  readonly retryMs: number;
  /** Longest pause a server may ask for. */
  readonly longestWaitMs: number;
}

/** What goes with a download. */
export interface DownloadRun {
  readonly environment: NodeJS.ProcessEnv;
  readonly timing: DownloadTiming;
  readonly signal: AbortSignal;
  onProgress(doneBytes: number, totalBytes: number | null): void;
  /** Tells a person, in a line. */
  say(line: string): void;
}

/** How one request went: the part is complete, or there is reason to try again. */
export type Received = 'complete' | { readonly again: string; readonly waitMs: number | null };

/** A failure of Node's network in few words; several addresses that all failed give a code and no message. */
export function describeFailure(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return message || code || 'no reason given';
}

export function unavailable(reason: string, cause?: unknown): EideticError {
  return new EideticError('MODEL_UNAVAILABLE', reason, { cause });
}
