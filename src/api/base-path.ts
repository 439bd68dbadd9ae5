import type { RequestHandler } from 'express';

/** First parts of this server's own paths, which a base path would hide. */
const OWN = ['v1', 'docs', 'status', 'metrics', 'openapi.json', 'assets', 'icon.svg'];

/**
 * A base path as it is put before paths: with a leading slash and without one at its end, nothing for the root. Null
 * when it cannot be one: letters, digits and `- . _ ~` are what every proxy passes on as it is.
 */
export function normalizeBasePath(given: string): string | null {
  const parts = given.replace(/^\//, '').replace(/\/$/, '').split('/');
  if (parts.length === 1 && parts[0] === '') {
    return '';
  }
  const isPlain = parts.every((part) => /^[\w.~-]+$/.test(part) && part !== '.' && part !== '..');
  return isPlain && !OWN.includes(parts[0] ?? '') ? `/${parts.join('/')}` : null;
}

/** Answers below a base path as at the root, where a proxy that strips it asks. @param basePath normalized */
export function underBasePath(basePath: string): RequestHandler {
  return (request, _response, next) => {
    const { url } = request;
    if (basePath !== '' && url.startsWith(basePath)) {
      const rest = url.slice(basePath.length);
      if (rest === '' || rest.startsWith('?')) {
        request.url = `/${rest}`;
      } else if (rest.startsWith('/')) {
        request.url = rest;
      }
    }
    next();
  };
}
