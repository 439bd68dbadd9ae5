import { existsSync, readFileSync, statSync } from 'node:fs';
import { EideticError } from '../domain/errors.ts';
import { requireTextFile } from '../domain/open-text-file.ts';
import { expandHome } from './home-folder.ts';
import { type Settings, settingsOfFile } from './settings.ts';

/** Read from the working folder when no other is named. */
const DEFAULT_FILE = 'eidetic.json';

/** More than anybody sets. */
const MOST_BYTES = 1_000_000;

/** Some editors begin a text with it; JSON knows none. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The settings in a config file.
 * @param named its path, or undefined for `eidetic.json` in the working folder if there is one
 * @throws EideticError INVALID_INPUT when it cannot be read, is no JSON, or has a wrong setting
 */
export function readSettingsFile(named: string | undefined): Settings {
  const file = named === undefined ? DEFAULT_FILE : expandHome(named, '--config');
  if (named === undefined && !existsSync(file)) {
    return {};
  }
  let json: unknown;
  try {
    requireTextFile(statSync(file), MOST_BYTES);
    const text = readFileSync(file, 'utf8');
    json = JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (error) {
    throw new EideticError(
      'INVALID_INPUT',
      `The config file ${file} cannot be read: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
  return settingsOfFile(json, file);
}
