import { existsSync, readFileSync } from 'node:fs';
import { EideticError } from '../domain/errors.ts';
import { parseSettings, type Settings } from './settings.ts';

/** Read from the working folder when no other is named. */
const DEFAULT_FILE = 'eidetic.json';

/**
 * The settings in a config file.
 * @param named its path, or undefined for `eidetic.json` in the working folder if there is one
 * @throws EideticError INVALID_INPUT when it cannot be read, is no JSON, or has a wrong setting
 */
export function readSettingsFile(named: string | undefined): Settings {
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
  return parseSettings(json, file);
}
