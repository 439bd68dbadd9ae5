import { z } from 'zod';
import { wrongValue } from '../domain/wrong-value.ts';
import { normalizeBasePath } from './base-path.ts';
import { fromDigits } from './schemas/from-digits.ts';

const MOST_UPLOAD = 2 ** 30;

/** What a server is started with beside the library's configuration. */
const settingsSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: fromDigits(z.int().min(0).max(65_535)).default(7_433),
  /** Hosts that pictures may be fetched from; none: URLs are refused. */
  allowFetch: z.array(z.string().min(1)).default([]),
  /** Folders that index jobs may be given. */
  allowIndex: z.array(z.string().min(1)).default([]),
  /** A host name that a server without keys answers to besides localhost. */
  publicHost: z
    .string()
    .regex(/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i)
    .toLowerCase()
    .nullable()
    .default(null),
  /** The path below which a proxy shows the server, such as `/eidetic`; nothing for the root. */
  basePath: z
    .string()
    .transform((given, context) => {
      const basePath = normalizeBasePath(given);
      if (basePath === null) {
        context.addIssue({ code: 'custom' });
        return z.NEVER;
      }
      return basePath;
    })
    .default(''),
  cors: z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)).default([]),
  maxUploadBytes: fromDigits(z.int().min(1_024).max(MOST_UPLOAD)).default(64 * 1024 * 1024),
  /** Most that kept thumbnails take on disk: 4 GiB are some 100,000 pictures in both sizes of the page. */
  thumbnailCacheBytes: fromDigits(z.int().min(1024 * 1024)).default(4 * 1024 ** 3),
  /** A client has this long to send a request, body included. */
  requestSeconds: fromDigits(z.int().min(1).max(3_600)).default(60),
  /** Pictures that may wait for inference. */
  queue: fromDigits(z.int().min(1).max(10_000)).default(64),
  requestsPerMinute: fromDigits(z.int().min(1).max(10_000_000)).default(600),
  /** Whether keys are needed on a loopback address too. */
  requireKey: z.boolean().default(false),
});

export type ServeSettings = Readonly<z.output<typeof settingsSchema>>;

/** How the command line calls a setting, and what it expects. */
const WORDS: Readonly<Record<keyof ServeSettings, readonly [flag: string, expected: string]>> = {
  host: ['--host', 'an address to listen on'],
  port: ['--port', 'a port from 0 to 65535, in plain digits'],
  allowFetch: ['--allow-fetch', 'a host'],
  allowIndex: ['--allow-index', 'a folder'],
  publicHost: ['--public-host', 'a host name alone, as in photos.example'],
  basePath: [
    '--base-path',
    'a path as in /eidetic: letters, digits and - . _ ~ between slashes, and not beginning with a path of the server itself, as /v1',
  ],
  cors: ['--cors', 'an origin, as in https://example.org'],
  maxUploadBytes: ['--max-upload', `a whole number of bytes from 1024 to ${MOST_UPLOAD}, in plain digits`],
  thumbnailCacheBytes: ['--thumbnail-cache', 'a whole number of bytes from 1048576 on, in plain digits'],
  requestSeconds: ['--request-timeout', 'a whole number of seconds from 1 to 3600, in plain digits'],
  queue: ['--queue', 'a whole number from 1 to 10000, in plain digits'],
  requestsPerMinute: ['--rate', 'a whole number from 1 to 10000000, in plain digits'],
  requireKey: ['--require-key', 'true or false'],
};

/** Variables that stand for flags that were not given; an empty one counts as not set. */
const VARIABLES: Readonly<Partial<Record<string, string>>> = {
  host: 'EIDETIC_HOST',
  port: 'EIDETIC_PORT',
  publicHost: 'EIDETIC_PUBLIC_HOST',
  basePath: 'EIDETIC_BASE_PATH',
};

/**
 * @param flags what the command line gave; fields that are undefined were not given
 * @throws EideticError INVALID_INPUT naming the flag or variable
 */
export function resolveServeSettings(
  flags: { readonly [Name in keyof ServeSettings]?: unknown },
  environment: NodeJS.ProcessEnv,
): ServeSettings {
  const given: Record<string, unknown> = Object.fromEntries(
    Object.entries(flags).filter(([, value]) => value !== undefined),
  );
  const fromEnvironment = Object.entries(VARIABLES).flatMap(([name, variable = '']) =>
    name in given || !environment[variable] ? [] : [[name, environment[variable]]],
  );
  const values: Record<string, unknown> = { ...given, ...Object.fromEntries(fromEnvironment) };
  const parsed = settingsSchema.safeParse(values);
  if (!parsed.success) {
    const [name, place] = (parsed.error.issues[0]?.path ?? []) as [keyof ServeSettings, number?];
    const [flag, expected] = WORDS[name];
    const found = place === undefined ? values[name] : (values[name] as unknown[])[place];
    throw wrongValue(name in given ? flag : (VARIABLES[name] ?? flag), found, expected);
  }
  return parsed.data;
}
