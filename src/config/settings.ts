import { z } from 'zod';
import { DEVICES } from '../domain/device.ts';
import { EideticError } from '../domain/errors.ts';

const settingsSchema = z.strictObject({
  library: z.string().min(1).optional(),
  model: z.string().min(1).optional(),
  models: z.string().min(1).optional(),
  maxBytes: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1)
    .optional(),
  maxPixels: z.coerce
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1)
    .optional(),
  timeoutMs: z.coerce.number().int().min(1000).max(3_600_000).optional(),
  device: z.enum(DEVICES).optional(),
  recipe: z.enum(['squash', 'center-crop']).optional(),
  offline: z.union([z.boolean(), z.stringbool()]).optional(),
});

/** The settings as flags, environment or file give them. */
export type Settings = z.infer<typeof settingsSchema>;

const ENVIRONMENT: Readonly<Record<string, keyof Settings>> = {
  EIDETIC_LIBRARY: 'library',
  EIDETIC_MODEL: 'model',
  EIDETIC_MODELS: 'models',
  EIDETIC_MAX_BYTES: 'maxBytes',
  EIDETIC_MAX_PIXELS: 'maxPixels',
  EIDETIC_TIMEOUT_MS: 'timeoutMs',
  EIDETIC_DEVICE: 'device',
  EIDETIC_RECIPE: 'recipe',
  EIDETIC_OFFLINE: 'offline',
};

/** What the variables named EIDETIC_* set. @throws EideticError INVALID_INPUT */
export function settingsOfEnvironment(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.entries(ENVIRONMENT).map(([variable, name]) => [name, environment[variable]]);
  return parseSettings(Object.fromEntries(given), 'the environment (EIDETIC_*)');
}

/**
 * Settings from an object of which nothing is known; fields that are undefined count as not given.
 * @param origin where it came from, for the message
 * @throws EideticError INVALID_INPUT naming the setting and where it came from
 */
export function parseSettings(values: unknown, origin: string): Settings {
  const given =
    typeof values === 'object' && values !== null
      ? Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
      : values;
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    throw new EideticError(
      'INVALID_INPUT',
      `A setting from ${origin} is wrong:\n${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
