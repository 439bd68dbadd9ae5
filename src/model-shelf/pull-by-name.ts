import type { Config } from '../config/config.ts';
import { EideticError } from '../domain/errors.ts';
import { PINS } from '../models/pins.ts';
import { type PulledModel, pullModel } from '../models/pull-model.ts';
import { findPin } from './find-pin.ts';
import { type PullRequest, pullOptions } from './pull-request.ts';

/** See pullModel. @throws EideticError NOT_FOUND for a name that no published model has */
export async function pullByName(config: Config, name: string, request: PullRequest): Promise<PulledModel> {
  const pin = findPin(name);
  if (pin === null) {
    throw new EideticError(
      'NOT_FOUND',
      `There is no published model "${name}"; found ${PINS.map(({ id }) => id).join(', ')}. "eidetic models add" takes one of your own.`,
    );
  }
  return pullModel(pin, pullOptions(config, request));
}
