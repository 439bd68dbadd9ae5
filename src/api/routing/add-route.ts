import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { requireScope } from '../keys/authenticate.ts';
import { type Caller, callerOf, type Scope } from '../keys/caller.ts';
import { signalOf } from '../request-signal.ts';
import { parseInput } from '../schemas/parse-input.ts';
import type { Operation } from './operation.ts';

/** One request, parsed. */
export interface Call<Params, Query> {
  readonly params: Params;
  readonly query: Query;
  readonly caller: Caller;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  readonly request: Request;
  readonly response: Response;
}

const NOTHING = z.strictObject({});

/**
 * Serves an operation: checks the caller's scope, parses path and query, calls the handler, and sends what it
 * returns as JSON. A handler that answers by itself returns undefined.
 */
export function addRoute<Params extends z.ZodObject, Query extends z.ZodObject>(
  router: Router,
  operation: Operation<Params, Query> & { readonly scope: Scope },
  handle: (call: Call<z.output<Params>, z.output<Query>>) => Promise<unknown>,
): void {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
  const serve = async (request: Request, response: Response): Promise<void> => {
    response.locals['operation'] = operation.id;
    const answer = await handle({
      params: parseInput(operation.params ?? NOTHING, request.params, 'the path') as z.output<Params>,
      query: parseInput(operation.query ?? NOTHING, request.query, 'the query string') as z.output<Query>,
      caller: callerOf(response),
      signal: signalOf(response),
      request,
      response,
    });
    if (answer !== undefined) {
      // Not by response.json: with nothing to negotiate, head and body go out as one string.
      response.setHeader('Content-Type', 'application/json; charset=utf-8');
      response.end(JSON.stringify(answer));
    }
  };
  router[operation.method](path, requireScope(operation.scope), serve);
}
