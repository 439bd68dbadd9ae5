import type { PairEvidence } from './compare-views.ts';
import type { PictureView } from './picture-view.ts';

/** What a comparing thread is asked. */
export type ComparingRequest =
  | {
      readonly task: 'view';
      /** See viewPicture. */
      readonly rgb: Float32Array;
      readonly width: number;
      readonly height: number;
    }
  | { readonly task: 'compare'; readonly a: PictureView; readonly b: PictureView };

export type ComparingAnswer = PictureView | PairEvidence;

export type ComparingReply = { readonly answer: ComparingAnswer } | { readonly error: Error };
