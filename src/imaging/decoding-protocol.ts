import type { ErrorCode, ErrorDetails } from '../domain/errors.ts';
import type { InputRecipe } from '../domain/model.ts';
import type { ContentHash, PictureRegion } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';
import type { PreparedPicture } from './prepare-picture.ts';

/** What a decoding process can be asked, with what it answers. */
export interface DecodingTasks {
  /** See preparePicture; and how long it took, milliseconds. */
  readonly prepare: {
    readonly request: {
      readonly bytes: Uint8Array;
      readonly recipes: readonly InputRecipe[];
      readonly region: PictureRegion | undefined;
    };
    readonly answer: PreparedPicture & { readonly decodeMs: number };
  };
  /** See makeThumbnail. */
  readonly thumbnail: {
    readonly request: { readonly bytes: Uint8Array; readonly maxSide: number };
    readonly answer: Uint8Array;
  };
  /** See hashPixels. */
  readonly hash: {
    readonly request: { readonly bytes: Uint8Array };
    readonly answer: string | null;
  };
  /** The same of a file that is to have this content; `absent` when none of the paths leads to it. */
  readonly hashFile: {
    readonly request: { readonly paths: readonly string[]; readonly contentHash: ContentHash };
    readonly answer: { readonly pixelHash: string | null } | 'absent';
  };
}

export type DecodingTask = keyof DecodingTasks;

export type DecodingRequest<Task extends DecodingTask = DecodingTask> = {
  readonly [T in Task]: { readonly task: T; readonly limits: PictureLimits } & DecodingTasks[T]['request'];
}[Task];

/** An answer, or an EideticError (or a bug) in parts. */
export type DecodingReply =
  | { readonly answer: DecodingTasks[DecodingTask]['answer'] }
  | {
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: ErrorDetails;
      readonly causeMessage: string;
    }
  | { readonly bug: string; readonly stack: string };
