import type { ThreadError } from '../domain/thread-error.ts';

/** What a thread is started with. */
export interface CatalogThreadSetup {
  readonly file: string;
  /** Of the file, as identityOfFile gives it: the thread opens this one and no other. */
  readonly identity: string;
  readonly isReadOnly: boolean;
  /** Whether it does CatalogWrites or CatalogSurveys. */
  readonly purpose: 'write' | 'survey';
}

/** A call by name, or the wish to end; `mayTidy` as closeDatabase takes it. */
export type CatalogRequest =
  | { readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly close: { readonly mayTidy: boolean } };

export type CatalogReply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly failure: ThreadError };
