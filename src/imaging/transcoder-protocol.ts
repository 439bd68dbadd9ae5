import type { ErrorCode, ErrorDetails } from '../domain/errors.ts';
import type { PictureFormat } from '../domain/picture.ts';
import type { PictureLimits } from '../domain/picture-limits.ts';

interface Request {
  /** A whole picture file. */
  readonly bytes: Uint8Array;
  readonly format: PictureFormat;
  readonly limits: PictureLimits;
}

/** SVG to PNG. */
interface DrawRequest extends Request {
  readonly task: 'draw';
}

/** HEIC to TIFF. */
interface DecodeRequest extends Request {
  readonly task: 'decode';
  /** ICC profile of the colors, or null for sRGB. */
  readonly profile: Uint8Array | null;
}

/** A file that a strict decoder gave up to one that it can decode, if the picture is whole. */
export interface JudgeRequest extends Request {
  readonly task: 'judge';
}

/** What the transcoder process is asked: to turn a picture file into one that sharp decodes without surprises. */
export type TranscoderRequest = DrawRequest | DecodeRequest | JudgeRequest;

/** What it answers: the new file, or an EideticError in parts. */
export type TranscoderReply =
  | { readonly file: Uint8Array }
  | {
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: ErrorDetails;
      readonly causeMessage: string;
    };
