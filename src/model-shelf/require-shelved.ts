import { EideticError } from '../domain/errors.ts';
import type { KnownModel } from '../models/known-models.ts';

/** The model of that name. @throws EideticError NOT_FOUND */
export function requireShelved(models: readonly KnownModel[], name: string): KnownModel {
  const found = models.find(({ id }) => id === name);
  if (found === undefined) {
    throw new EideticError('NOT_FOUND', `No model is called "${name}"; "eidetic models" lists all.`);
  }
  return found;
}
