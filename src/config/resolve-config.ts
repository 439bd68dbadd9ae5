import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { DEFAULT_PICTURE_LIMITS } from '../domain/picture-limits.ts';
import type { Config } from './config.ts';
import { readSettingsFile } from './read-settings-file.ts';
import { parseSettings, type Settings, settingsOfEnvironment } from './settings.ts';

const RESIZES = { squash: 'squash', 'center-crop': 'crop' } as const;

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
  const settings: Settings = {
    ...readSettingsFile(file),
    ...settingsOfEnvironment(environment),
    ...parseSettings(flags, 'the command line'),
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
