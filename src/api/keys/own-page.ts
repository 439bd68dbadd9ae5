import type { Request } from 'express';
import { EideticError } from '../../domain/errors.ts';

/**
 * Refuses a request that a page of another origin has sent with this server's cookie (cross-site request forgery).
 * Browsers say in `Sec-Fetch-Site` how page and server relate; those that do not (over plain http to another machine)
 * name the page's origin, whose host must be the one that was asked, as the proxy in front tells it.
 * @throws EideticError FORBIDDEN
 */
export function requireOwnPage(request: Request): void {
  if (!isOwnPage(request)) {
    throw new EideticError(
      'FORBIDDEN',
      'Found a session cookie on a request that does not come from a page of this server, expected one that does, or the key in the Authorization header. A proxy in between must pass on the Host.',
    );
  }
}

function isOwnPage(request: Request): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) {
    return site === 'same-origin';
  }
  const host = hostOf(request.get('origin'));
  // No page can set X-Forwarded-Host on a request to another origin: it is not among the headers that CORS allows.
  const [forwarded] = (request.get('x-forwarded-host') ?? '').split(',');
  return host !== null && [request.get('host'), forwarded?.trim()].includes(host);
}

function hostOf(origin: string | undefined): string | null {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : null;
}
