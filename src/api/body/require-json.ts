import { EideticError } from '../../domain/errors.ts';
import type { Body } from './read-body.ts';

/** @throws EideticError FORMAT_UNSUPPORTED when the body is anything but JSON */
export function requireJson(body: Body): unknown {
  if (body.kind !== 'json') {
    throw new EideticError('FORMAT_UNSUPPORTED', 'Expected a body of type application/json.');
  }
  return body.value;
}
