import type { IncomingHttpHeaders } from 'node:http';

/** Headers that proxies, load balancers and tunnels add, beside those that begin with `X-Forwarded`. */
const ADDED = [
  'Forwarded',
  'Via',
  'X-Real-IP',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'X-Original-Forwarded-For',
  'X-Original-Host',
  'X-Original-URL',
  'X-Envoy-External-Address',
  'X-ProxyUser-IP',
  'X-Azure-ClientIP',
  'True-Client-IP',
  'CF-Connecting-IP',
  'CF-Ray',
  'CDN-Loop',
  'Fastly-Client-IP',
  'Fly-Client-IP',
  'Tailscale-User-Login',
];

/** The header by which a request shows that it came through a proxy; null when it shows nothing of the kind. */
export function proxyHeader(headers: IncomingHttpHeaders): string | null {
  const forwarded = Object.keys(headers).find((name) => name.startsWith('x-forwarded'));
  return forwarded ?? ADDED.find((name) => headers[name.toLowerCase()] !== undefined) ?? null;
}
