import type { Config } from '../config/config.ts';
import { pullModel } from '../models/pull-model.ts';
import { findPin } from './find-pin.ts';
import { type PullRequest, pullOptions } from './pull-request.ts';
import { requireShelved } from './require-shelved.ts';
import { type KnownModel, shelvedModels } from './shelved-models.ts';

/** Installing what lies there already asks nobody anything and tells nobody. */
const QUIET: PullRequest = {
  environment: process.env,
  mirrors: [],
  acceptsLicense: false,
  trustsOnFirstUse: false,
  signal: new AbortController().signal,
  onProgress() {},
  say() {},
};

/**
 * Verifies what is installed, and installs published models whose files were placed by hand.
 * @param name of one model, or null for all that are there
 * @throws EideticError NOT_FOUND
 */
export async function verifyShelf(config: Config, name: string | null): Promise<KnownModel[]> {
  const before = await shelvedModels(config);
  const chosen = name === null ? before : [requireShelved(before, name)];
  const placed = chosen.filter(({ installed, problem }) => !installed && problem !== null);
  const problems = new Map<string, string>();
  for (const { id, origin } of placed) {
    const pin = origin === 'published' ? findPin(id) : null;
    if (pin !== null) {
      await pullModel(pin, pullOptions({ ...config, isOffline: true }, QUIET)).catch((error: Error) => {
        problems.set(id, error.message);
      });
    }
  }
  const after = placed.length === 0 ? before : await shelvedModels(config);
  return after
    .filter((model) => (name === null ? model.installed || model.problem !== null : model.id === name))
    .map((model) => ({ ...model, problem: problems.get(model.id) ?? model.problem }));
}
