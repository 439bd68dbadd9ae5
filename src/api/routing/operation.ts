import type { z } from 'zod';
import type { Scope } from '../keys/caller.ts';

/** A JSON body by its schema, or bytes of other types. */
export type MediaTypes = Readonly<Record<string, z.ZodType | 'binary' | Readonly<Record<string, unknown>>>>;

/** A call of an operation: what is sent and what comes back, for the document. A test asks and checks each. */
export interface OperationExample {
  /** Of the path and the query string. */
  readonly parameters?: Readonly<Record<string, string | number>>;
  /** The body as JSON; none where a picture is sent. */
  readonly body?: unknown;
  /** The body is JSON or text; there is none of bytes and of nothing. */
  readonly answer: { readonly status: number; readonly body?: unknown };
}

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
  readonly example: OperationExample;
}
