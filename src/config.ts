import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DEVICES, type Device } from './domain/device.ts';
import { EideticError } from './domain/errors.ts';
import type { InputRecipe } from './domain/model.ts';
import { DEFAULT_PICTURE_LIMITS, type PictureLimits } from './domain/picture-limits.ts';

/** What every command needs to know, whole and validated. */
export interface Config {
  /** Absolute path of the library folder. */
  readonly library: string;
  /** Model id or folder that was asked for; null means the library's own, or the bundled one for a new library. */
  readonly model: string | null;
  /** Folder in which models lie beside the bundled one, absolute. */
  readonly modelsFolder: string;
  /** What forward passes run on. */
  readonly device: Device;
  /** How pictures are fitted into the model's input; null means as the library does, or as the model says. */
  readonly resize: InputRecipe['resize'] | null;
  /** Whether the network must be left alone. */
  readonly isOffline: boolean;
  readonly limits: PictureLimits;
}

/** The settings as flags, environment or file give them. */
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

const RESIZES = { squash: 'squash', 'center-crop': 'crop' } as const;

/** Read from the working folder when no other is named. */
const DEFAULT_FILE = 'eidetic.json';

/**
 * Gathers settings: a flag wins over the environment, that over the config file, that over the default.
 * @param flags what the command line gave; fields that are undefined were not given
 * @param file path of the config file, or undefined for `eidetic.json` in the working folder if there is one
 * @throws EideticError INVALID_INPUT naming the setting and where it came from
 */
export function resolveConfig(
  flags: { readonly [Name in keyof Settings]?: unknown },
  environment: NodeJS.ProcessEnv,
  file?: string,
): Config {
  const fromEnvironment = Object.fromEntries(
    Object.entries(ENVIRONMENT).map(([variable, name]) => [name, environment[variable]]),
  );
  const settings: Settings = {
    ...readSettingsFile(file),
    ...validate(fromEnvironment, 'the environment (EIDETIC_*)'),
    ...validate(flags, 'the command line'),
  };
  return {
    library: resolve(settings.library ?? 'data/library'),
    model: settings.model ?? null,
    modelsFolder: resolve(settings.models ?? defaultModelsFolder(environment)),
    device: settings.device ?? 'cpu',
    resize: settings.recipe === undefined ? null : RESIZES[settings.recipe],
    isOffline: settings.offline ?? false,
    limits: {
      maxBytes: settings.maxBytes ?? DEFAULT_PICTURE_LIMITS.maxBytes,
      maxPixels: settings.maxPixels ?? DEFAULT_PICTURE_LIMITS.maxPixels,
      timeoutMs: settings.timeoutMs ?? DEFAULT_PICTURE_LIMITS.timeoutMs,
    },
  };
}

function defaultModelsFolder(environment: NodeJS.ProcessEnv): string {
  const shared = environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share');
  return join(shared, 'eidetic', 'models');
}

function readSettingsFile(named: string | undefined): Settings {
  const file = named ?? DEFAULT_FILE;
  if (named === undefined && !existsSync(file)) {
    return {};
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new EideticError(
      'INVALID_INPUT',
      `The config file ${file} cannot be read: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
  return validate(json, file);
}

function validate(values: unknown, origin: string): Settings {
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
