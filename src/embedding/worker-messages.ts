import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Device } from '../domain/device.ts';
import type { DescribeTimes } from '../domain/embedder.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { PictureFacts, PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import type { ThreadError } from '../domain/thread-error.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly models: readonly InstalledModel[];
  readonly limits: PictureLimits;
  readonly threads: number;
  readonly device: Device;
  /** See WarningCount. */
  readonly warnings: SharedArrayBuffer;
  /** Whether the rest of the process goes before it. */
  readonly givesWay: boolean;
}

/** A picture to describe, or the inputs that were made of one. */
export type WorkerTask =
  | { readonly bytes: Uint8Array; readonly region: PictureRegion | undefined }
  | { readonly inputs: readonly Float32Array[] };

/** Work, or the wish to end. */
export type WorkerRequest = ({ readonly id: number } & WorkerTask) | { readonly close: true };

/** What came of a task; `facts` when the worker decoded the picture. */
export interface Embedded {
  readonly facts: PictureFacts | null;
  readonly descriptors: DescribedPicture['descriptors'];
  readonly times: DescribeTimes;
}

/**
 * First whether its models are loaded (if not, it ends), then an answer to each task. `undecided` gives back the bytes
 * of a picture that may be damaged, see UndecidedPicture.
 */
export type WorkerReply =
  | { readonly ready: true }
  | { readonly unavailable: ThreadError }
  | { readonly id: number; readonly embedded: Embedded }
  | { readonly id: number; readonly undecided: Uint8Array }
  | { readonly id: number; readonly failure: ThreadError };
