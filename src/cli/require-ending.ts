import { extname } from 'node:path';
import { EideticError } from '../domain/errors.ts';

/** @param ending with its dot @throws EideticError INVALID_INPUT for a file of another name than what is drawn into it */
export function requireEnding(option: string, path: string, ending: string): void {
  if (extname(path).toLowerCase() !== ending) {
    throw new EideticError(
      'INVALID_INPUT',
      `Found ${option} ${path}, expected a name that ends in ${ending}, which is what is drawn.`,
    );
  }
}
