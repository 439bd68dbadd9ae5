import type { z } from 'zod';
import type { Scope } from '../keys/caller.ts';

/** A JSON body by its schema, or bytes of other types. */
export type MediaTypes = Readonly<Record<string, z.ZodType | 'binary' | Readonly<Record<string, unknown>>>>;

/** One route, as the server serves it and as the OpenAPI document tells it. */
export interface Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
> {
  /** The name that clients generated from the document give it. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'delete';
  /** With parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What the caller's key must allow; null for everyone. */
  readonly scope: Scope | null;
  /** Whether a signed link will do instead of a key. */
  readonly isSigned?: true;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: MediaTypes;
  /** Answers by status; refusals are the same for every route and not listed. */
  readonly answers: Readonly<Record<number, { readonly description: string; readonly content?: MediaTypes }>>;
}
