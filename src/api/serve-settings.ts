import { z } from 'zod';
import { EideticError } from '../domain/errors.ts';
import { normalizeBasePath } from './base-path.ts';

/** What a server is started with beside the library's configuration. */
const settingsSchema = z.strictObject({
  host: z.string().min(1).default('127.0.0.1'),
  port: z.coerce.number().int().min(0).max(65_535).default(7_433),
  /** Hosts that pictures may be fetched from; none: URLs are refused. */
  allowFetch: z.array(z.string().min(1)).default([]),
  /** Folders that index jobs may be given. */
  allowIndex: z.array(z.string().min(1)).default([]),
  /** A host name that a server without keys answers to besides localhost. */
  publicHost: z
    .string()
    .regex(/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i, 'expected a host name alone, such as photos.example')
    .toLowerCase()
    .nullable()
    .default(null),
  /** The path below which a proxy shows the server, such as `/eidetic`; nothing for the root. */
  basePath: z
    .string()
    .transform((given, context) => {
      const basePath = normalizeBasePath(given);
      if (basePath === null) {
        const expected =
          'such as /eidetic: letters, digits and - . _ ~ between slashes, and not beginning with a path of the server itself, as /v1';
        context.addIssue({
          code: 'custom',
          message: `found ${JSON.stringify(given)}, expected a path ${expected}`,
        });
        return z.NEVER;
      }
      return basePath;
    })
    .default(''),
  cors: z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)).default([]),
  maxUploadBytes: z.coerce
    .number()
    .int()
    .min(1_024)
    .max(2 ** 30)
    .default(64 * 1024 * 1024),
  /** A client has this long to send a request, body included. */
  requestSeconds: z.coerce.number().int().min(1).max(3_600).default(60),
  /** Pictures that may wait for inference. */
  queue: z.coerce.number().int().min(1).max(10_000).default(64),
  requestsPerMinute: z.coerce.number().int().min(1).max(10_000_000).default(600),
  /** Whether keys are needed on a loopback address too. */
  requireKey: z.boolean().default(false),
});

export type ServeSettings = Readonly<z.output<typeof settingsSchema>>;

/**
 * @param flags what the command line gave; fields that are undefined were not given
 * @throws EideticError INVALID_INPUT naming the setting
 */
export function resolveServeSettings(
  flags: { readonly [Name in keyof ServeSettings]?: unknown },
  environment: NodeJS.ProcessEnv,
): ServeSettings {
  const { EIDETIC_HOST: host, EIDETIC_PORT: port } = environment;
  const { EIDETIC_PUBLIC_HOST: publicHost, EIDETIC_BASE_PATH: basePath } = environment;
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  const parsed = settingsSchema.safeParse({
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(publicHost === undefined ? {} : { publicHost }),
    ...(basePath === undefined ? {} : { basePath }),
    ...Object.fromEntries(given),
  });
  if (!parsed.success) {
    throw new EideticError(
      'INVALID_INPUT',
      `A setting of the server is wrong:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
