import type { Request } from 'express';

/**
 * The origin of the web page that a request comes from; null when it does not say, as pages without a referrer and
 * programs. `Origin` tells, which `<img>` does not send, else `Referer`; a page can keep the latter back, and cannot
 * put another's there.
 */
export function pageOrigin(request: Request): string | null {
  const { origin } = request.headers;
  return origin ?? refererOrigin(request);
}

/** The origin in `Referer`; null without one. */
export function refererOrigin({ headers: { referer } }: Request): string | null {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : null;
}
