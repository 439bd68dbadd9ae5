import type { RequestHandler } from 'express';
import { EideticError } from '../../domain/errors.ts';
import type { Operation } from './operation.ts';

/**
 * Answers what no route has: with the methods that there are when only the method is wrong.
 * @param basePath what comes before every path, such as `/eidetic`, or nothing
 * @throws NOT_FOUND
 */
export function refuseUnknown(operations: readonly Operation[], basePath: string): RequestHandler {
  const known = operations.map(({ path, method }) => ({
    pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
    method: method.toUpperCase(),
  }));
  return (request, response) => {
    const methods = known.filter(({ pattern }) => pattern.test(request.path)).map(({ method }) => method);
    if (methods.length === 0) {
      throw new EideticError(
        'NOT_FOUND',
        `There is nothing at this path; ${basePath}/docs lists what there is.`,
      );
    }
    response.setHeader('Allow', [...new Set(methods)].join(', '));
    throw Object.assign(new Error('method not allowed'), { status: 405 });
  };
}
