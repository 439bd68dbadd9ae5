import { EideticError } from '../../domain/errors.ts';

/** Whether a URL's host and port may be asked. */
export type HostRule = (url: URL) => boolean;

interface AllowedHost {
  /** In lower case, as URLs have it. */
  readonly name: string;
  /** Whether it is the hosts below the name, and not the name itself. */
  readonly isSuffix: boolean;
  /** Null: the scheme's own port, 80 or 443. */
  readonly port: string | null;
}

/**
 * Reads the hosts that a server may fetch from.
 * @param entries `pictures.example`, `*.example` for every host below, `example:8443` for another than the
 *   scheme's own port
 * @throws EideticError INVALID_INPUT naming the entry that is none of these
 */
export function allowedHosts(entries: readonly string[]): HostRule {
  const allowed = entries.map(readEntry);
  return (url) =>
    allowed.some(({ name, isSuffix, port }) => {
      const isHost = isSuffix ? url.hostname.endsWith(`.${name}`) : url.hostname === name;
      // A URL's port is empty when it is the scheme's own.
      return isHost && (port === null ? url.port === '' : effectivePort(url) === port);
    });
}

function effectivePort(url: URL): string {
  return url.port !== '' ? url.port : url.protocol === 'https:' ? '443' : '80';
}

function readEntry(entry: string): AllowedHost {
  const match = /^(\*\.)?(\[[0-9a-f:.]+\]|[^\s:/@*?#[\]\\]+)(?::(\d{1,5}))?$/i.exec(entry);
  const name = match?.[2] === undefined ? null : normalName(match[2]);
  // A suffix needs a dot of its own: "*.com" would be nearly everybody.
  if (match === null || name === null || (match[1] !== undefined && !name.includes('.'))) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${JSON.stringify(entry)} among the hosts to fetch from, expected a host (pictures.example), the hosts below one (*.pictures.example), either with a port (pictures.example:8443).`,
    );
  }
  return { name, isSuffix: match[1] !== undefined, port: match[3] ?? null };
}

/** The name as a URL spells it: lower case, punycode, numbers as an address. */
function normalName(name: string): string | null {
  return URL.canParse(`http://${name}/`) ? new URL(`http://${name}/`).hostname : null;
}
