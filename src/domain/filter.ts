import type { PictureFormat } from './picture.ts';

/**
 * Which pictures a search may answer with. All given parts must hold: those about a path for one of the picture's
 * files, the others for the picture. A picture that lacks a fact asked about is left out. A filter is data: nothing
 * in it is a pattern.
 */
export interface PictureFilter {
  /** Absolute path of a file or folder, or several: files at or below one of them. */
  readonly pathPrefix?: string | readonly string[];
  /** Part of the absolute path, letter by letter, in any Unicode form of them (see unicodeForms). */
  readonly pathContains?: string;
  /** One of these. */
  readonly formats?: readonly PictureFormat[];
  /** Taken then or later: ISO 8601 local time or its beginning, such as `2024-05`. */
  readonly takenAfter?: string;
  /** Taken before then: ISO 8601 local time or its beginning. */
  readonly takenBefore?: string;
  /** Part of maker and model, whatever the case of its ASCII letters. */
  readonly camera?: string;
  /** Pixels. */
  readonly minWidth?: number;
  /** Pixels. */
  readonly minHeight?: number;
  readonly minBytes?: number;
  readonly maxBytes?: number;
}
