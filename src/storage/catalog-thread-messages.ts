import type { ThreadError } from '../domain/thread-error.ts';
import type { CatalogSurveys } from './catalog-surveys.ts';
import type { CatalogWrites } from './catalog-writes.ts';

/** What a thread of its own does for a catalog. */
export type CatalogWork = CatalogWrites & CatalogSurveys;

/** What a thread is started with. */
export interface CatalogThreadSetup {
  readonly file: string;
  readonly mayWrite: boolean;
}

/** A call, or the wish to end. */
export type CatalogRequest =
  | { readonly id: number; readonly name: keyof CatalogWork; readonly args: readonly unknown[] }
  | { readonly close: true };

export type CatalogReply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: ThreadError };
