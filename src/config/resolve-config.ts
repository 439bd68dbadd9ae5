import { isAbsolute, join, resolve } from 'node:path';
import { DEFAULT_PICTURE_LIMITS } from '../domain/picture-limits.ts';
import type { Config } from './config.ts';
import { homeFolder } from './home-folder.ts';
import { readSettingsFile } from './read-settings-file.ts';
import { type Flags, type Settings, settingsOfEnvironment, settingsOfFlags } from './settings.ts';

const RESIZES = { squash: 'squash', 'center-crop': 'crop' } as const;

/**
 * Gathers settings: a flag wins over the environment, that over the config file, that over the default.
 * @param flags what the command line gave; fields that are undefined were not given
 * @param file path of the config file, or undefined for `eidetic.json` in the working folder if there is one
 * @throws EideticError INVALID_INPUT naming the setting and where it came from
 */
export function resolveConfig(flags: Flags, environment: NodeJS.ProcessEnv, file?: string): Config {
  const settings: Settings = {
    ...readSettingsFile(file),
    ...settingsOfEnvironment(environment),
    ...settingsOfFlags(flags),
  };
  return {
    library: resolve(settings.library ?? 'data/library'),
    isLibraryNamed: settings.library !== undefined,
    model: settings.model ?? null,
    modelsFolder: resolve(settings.models ?? defaultModelsFolder(environment)),
    device: settings.device ?? 'cpu',
    resize: settings.recipe === undefined ? null : RESIZES[settings.recipe],
    inputSize: settings.inputSize ?? null,
    isOffline: settings.offline ?? false,
    limits: {
      maxBytes: settings.maxBytes ?? DEFAULT_PICTURE_LIMITS.maxBytes,
      maxPixels: settings.maxPixels ?? DEFAULT_PICTURE_LIMITS.maxPixels,
      timeoutMs: settings.timeoutMs ?? DEFAULT_PICTURE_LIMITS.timeoutMs,
    },
  };
}

function defaultModelsFolder(environment: NodeJS.ProcessEnv): string {
  // The XDG Base Directory Specification: an empty one counts as not set, a relative one is to be ignored.
  const named = environment['XDG_DATA_HOME'] ?? '';
  const shared = isAbsolute(named) ? named : join(homeFolder(), '.local', 'share');
  return join(shared, 'eidetic', 'models');
}
