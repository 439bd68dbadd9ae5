import { EideticError } from '../domain/errors.ts';
import type { DownloadSource } from './download.ts';
import { type ModelPin, type PinnedFile, revisionOf } from './pin.ts';

const HUB = 'https://huggingface.co';

/** The hub, or what HF_ENDPOINT puts in its place. @throws EideticError INVALID_INPUT */
function endpointOf(environment: NodeJS.ProcessEnv): URL {
  return parseBase(environment['HF_ENDPOINT']?.trim() || HUB, 'HF_ENDPOINT');
}

/**
 * Where a file of a pin can be had, in the order to try: the mirrors, then the hub. The token of HF_TOKEN belongs to
 * the hub's host and goes to no other.
 * @param mirrors bases with the hub's layout, `BASE/owner/name/resolve/commit/path`
 * @throws EideticError INVALID_INPUT for a base that is no http or https URL
 */
export function pinSources(
  pin: ModelPin,
  file: PinnedFile,
  mirrors: readonly string[],
  environment: NodeJS.ProcessEnv,
): DownloadSource[] {
  const endpoint = endpointOf(environment);
  const secret = environment['HF_TOKEN']?.trim() || null;
  const token = secret === null ? null : { value: secret, origin: endpoint.origin };
  return [
    ...mirrors.map((mirror) => ({ url: fileUrl(parseBase(mirror, '--mirror'), pin, file), token: null })),
    { url: fileUrl(endpoint, pin, file), token },
  ];
}

/** Where a person would download a file of a pin. */
export function hubUrl(pin: ModelPin, file: PinnedFile, environment: NodeJS.ProcessEnv): URL {
  return fileUrl(endpointOf(environment), pin, file);
}

function fileUrl(base: URL, pin: ModelPin, file: PinnedFile): URL {
  const folder = base.href.endsWith('/') ? base.href : `${base.href}/`;
  return new URL(`${folder}${pin.repository}/resolve/${revisionOf(pin)}/${file.path}`);
}

function parseBase(text: string, origin: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found "${text}" for ${origin}, expected a URL such as https://huggingface.co.`,
    );
  }
  return url;
}
