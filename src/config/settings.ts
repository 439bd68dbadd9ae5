import { z } from 'zod';
import { DEVICES } from '../domain/device.ts';
import { EideticError } from '../domain/errors.ts';
import { parseWholeNumber } from '../domain/plain-number.ts';
import { wrongValue } from '../domain/wrong-value.ts';
import { expandHome } from './home-folder.ts';

/** Milliseconds and bytes are whole numbers, in JSON also as a text of digits. */
function wholeNumber(least: number, most: number) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? (parseWholeNumber(value) ?? value) : value),
    z.int().min(least).max(most),
  );
}

const MOST = 2 ** 31 - 1;
/** That of any model; what each takes is known of its manifest. */
const LARGEST_SIDE = 4_096;
const LEAST_MS = 1_000;
const MOST_MS = 3_600_000;

const settingsSchema = z.strictObject({
  library: z.string().min(1).optional(),
  model: z.string().min(1).optional(),
  models: z.string().min(1).optional(),
  maxBytes: wholeNumber(1, MOST).optional(),
  maxPixels: wholeNumber(1, MOST).optional(),
  timeoutMs: wholeNumber(LEAST_MS, MOST_MS).optional(),
  device: z.enum(DEVICES).optional(),
  recipe: z.enum(['squash', 'center-crop']).optional(),
  inputSize: wholeNumber(1, LARGEST_SIDE).optional(),
  offline: z.union([z.boolean(), z.stringbool()]).optional(),
});

/** The settings as flags, environment or file give them. */
export type Settings = z.infer<typeof settingsSchema>;

const EXPECTED: Readonly<Record<keyof Settings, string>> = {
  library: 'a folder',
  model: 'the id of an installed model, or a model folder',
  models: 'a folder',
  maxBytes: `a whole number of bytes from 1 to ${MOST}, in plain digits`,
  maxPixels: `a whole number of pixels from 1 to ${MOST}, in plain digits`,
  timeoutMs: `a whole number of milliseconds from ${LEAST_MS} to ${MOST_MS}, in plain digits`,
  device: `one of ${DEVICES.join(', ')}`,
  recipe: 'squash or center-crop',
  inputSize: `a whole number of pixels from 1 to ${LARGEST_SIDE}, in plain digits`,
  offline: 'true or false',
};

/** Settings that are paths; a model that is one may begin with `~`, an id never does. */
const PATHS = ['library', 'model', 'models'] as const;

const VARIABLES: Readonly<Record<keyof Settings, string>> = {
  library: 'EIDETIC_LIBRARY',
  model: 'EIDETIC_MODEL',
  models: 'EIDETIC_MODELS',
  maxBytes: 'EIDETIC_MAX_BYTES',
  maxPixels: 'EIDETIC_MAX_PIXELS',
  timeoutMs: 'EIDETIC_TIMEOUT_MS',
  device: 'EIDETIC_DEVICE',
  recipe: 'EIDETIC_RECIPE',
  inputSize: 'EIDETIC_INPUT_SIZE',
  offline: 'EIDETIC_OFFLINE',
};

const FLAGS: Readonly<Partial<Record<keyof Settings, string>>> = {
  maxBytes: '--max-bytes',
  maxPixels: '--max-pixels',
  timeoutMs: '--timeout',
  inputSize: '--input-size',
};

/** Settings as the command line gave them; fields that are undefined were not given. */
export type Flags = { readonly [Name in keyof Settings]?: unknown };

/** @throws EideticError INVALID_INPUT naming the flag */
export function settingsOfFlags(flags: Flags): Settings {
  return parseSettings(flags, (name) => FLAGS[name] ?? `--${name}`, 'the command line');
}

/** What the variables named EIDETIC_* set; an empty one counts as not set. @throws EideticError INVALID_INPUT */
export function settingsOfEnvironment(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.entries(VARIABLES).map(([name, variable]) => [
    name,
    environment[variable] || undefined,
  ]);
  return parseSettings(
    Object.fromEntries(given),
    (name) => VARIABLES[name],
    'the environment variables EIDETIC_*',
  );
}

/** What a config file holds. @param json of which nothing is known @throws EideticError INVALID_INPUT */
export function settingsOfFile(json: unknown, file: string): Settings {
  return parseSettings(json, (name) => `"${name}" in ${file}`, file);
}

/**
 * Settings from an object of which nothing is known; fields that are undefined count as not given.
 * @param nameOf how a setting is called where it came from @param origin where that is
 */
function parseSettings(values: unknown, nameOf: (name: keyof Settings) => string, origin: string): Settings {
  const given =
    typeof values === 'object' && values !== null && !Array.isArray(values)
      ? Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
      : null;
  if (given === null) {
    throw wrongValue(origin, values, 'an object of settings, as in {"library": "/data/library"}');
  }
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    throw refusalOf(parsed.error.issues[0], given, nameOf, origin);
  }
  const settings = parsed.data;
  for (const name of PATHS) {
    const path = settings[name];
    if (path !== undefined) {
      settings[name] = expandHome(path, nameOf(name));
    }
  }
  return settings;
}

function refusalOf(
  issue: z.core.$ZodIssue | undefined,
  given: Readonly<Record<string, unknown>>,
  nameOf: (name: keyof Settings) => string,
  origin: string,
): EideticError {
  if (issue?.code === 'unrecognized_keys') {
    const names = Object.keys(EXPECTED).join(', ');
    return new EideticError(
      'INVALID_INPUT',
      `Found the setting ${JSON.stringify(issue.keys[0])} in ${origin}, expected some of ${names}.`,
    );
  }
  const name = issue?.path[0] as keyof Settings;
  return wrongValue(nameOf(name), given[name], EXPECTED[name]);
}
