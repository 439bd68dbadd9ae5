import type { ProbeModel } from '../domain/probed-model.ts';
import type { DownloadTiming } from './download.ts';

/** How a pull may go about its work. */
export interface PullOptions {
  readonly modelsFolder: string;
  /** HF_ENDPOINT, HF_TOKEN, HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read from it. */
  readonly environment: NodeJS.ProcessEnv;
  readonly isOffline: boolean;
  /** Bases to try before the hub. */
  readonly mirrors: readonly string[];
  readonly acceptsLicense: boolean;
  /** Whether files whose SHA-256 nobody has told may be taken as they come, and locked. */
  readonly trustsOnFirstUse: boolean;
  readonly timing: DownloadTiming;
  readonly probe: ProbeModel;
  readonly signal: AbortSignal;
  onProgress(file: string, doneBytes: number, totalBytes: number | null): void;
  /** Tells a person, a line or a text. */
  say(text: string): void;
}
