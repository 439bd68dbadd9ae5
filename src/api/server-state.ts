import type { RequestHandler } from 'express';
import { EideticError } from '../domain/errors.ts';
import type { Status } from './schemas/status-schema.ts';

/** How far the server is between its start and its end. */
export interface ServerState {
  current: Exclude<Status['state'], 'lost'>;
}

/** Lets requests through only while the server is ready. @throws EideticError OVERLOADED */
export function requireReady(state: ServerState): RequestHandler {
  return (_request, _response, next) => {
    if (state.current !== 'ready') {
      throw new EideticError('OVERLOADED', `The server is ${state.current}; try again in a moment.`);
    }
    next();
  };
}
