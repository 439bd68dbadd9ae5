import type { DetailBeside, FinePicture } from './compare-detail.ts';
import type { PageAgreement } from './compare-pages.ts';
import type { PairEvidence } from './compare-views.ts';
import type { FractionMap } from './fraction-map.ts';
import type { GrayImage } from './gray-image.ts';
import type { PackedView } from './pack-view.ts';

/** What a comparing thread is asked. */
export type ComparingRequest =
  | {
      readonly task: 'view';
      /** See viewPicture. */
      readonly rgb: Float32Array;
      readonly width: number;
      readonly height: number;
    }
  | { readonly task: 'compare'; readonly a: PackedView; readonly b: PackedView }
  | { readonly task: 'pages'; readonly a: GrayImage; readonly b: GrayImage; readonly map: FractionMap }
  | {
      readonly task: 'marks';
      readonly a: PackedView;
      readonly b: PackedView;
      readonly map: FractionMap;
      /** See hasMarks. */
      readonly areWhole: boolean;
    }
  | { readonly task: 'detail'; readonly large: FinePicture; readonly small: FinePicture };

export type ComparingAnswer = PackedView | PairEvidence | PageAgreement | DetailBeside | boolean;

export type ComparingReply = { readonly answer: ComparingAnswer } | { readonly error: Error };
