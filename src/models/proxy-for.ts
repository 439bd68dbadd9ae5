import { wrongValue } from '../domain/wrong-value.ts';

/**
 * The proxy that the environment names for a URL, as curl and others read it: HTTPS_PROXY or HTTP_PROXY by the
 * scheme, else ALL_PROXY, in upper or lower case, unless NO_PROXY lists the host.
 * @returns null when the URL is to be asked directly
 * @throws EideticError INVALID_INPUT when what is named is no URL
 */
export function proxyFor(url: URL, environment: NodeJS.ProcessEnv): URL | null {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || null;
  const variable = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const named = read(variable) ?? read('ALL_PROXY');
  if (named === null || isExempt(url, read('NO_PROXY') ?? '')) {
    return null;
  }
  const proxy = named.includes('://') ? named : `http://${named}`;
  if (!URL.canParse(proxy)) {
    throw wrongValue(`${variable} or ALL_PROXY`, named, 'a URL such as http://proxy.example.org:3128');
  }
  return new URL(proxy);
}

/** `example.org` and `.example.org` exempt the host and those below it; `host:port` that port only; `*` all. */
function isExempt(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      const [, host = entry, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      const name = host.replace(/^\*?\./, '').toLowerCase();
      const isHost = url.hostname === name || url.hostname.endsWith(`.${name}`);
      return (host === '*' || isHost) && (onlyPort === undefined || onlyPort === port);
    });
}
