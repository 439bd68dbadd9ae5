import type { DescribedPicture } from '../domain/descriptor.ts';
import type { Device } from '../domain/device.ts';
import type { DescribeTimes } from '../domain/embedder.ts';
import type { InstalledModel } from '../domain/model.ts';
import type { PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import type { ThreadError } from '../domain/thread-error.ts';

/** What a worker is started with. */
export interface WorkerSetup {
  readonly models: readonly InstalledModel[];
  readonly limits: PictureLimits;
  readonly threads: number;
  readonly device: Device;
}

/** A picture to describe, or the wish to end. */
export type WorkerRequest =
  | { readonly id: number; readonly bytes: Uint8Array; readonly region?: PictureRegion | undefined }
  | { readonly close: true };

/** First whether its models are loaded (if not, it ends), then an answer to each picture. */
export type WorkerReply =
  | { readonly ready: true }
  | { readonly unavailable: ThreadError }
  | { readonly id: number; readonly described: DescribedPicture; readonly times: DescribeTimes }
  | { readonly id: number; readonly failure: ThreadError };
