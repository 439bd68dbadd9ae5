import type { Config } from '../config/config.ts';
import { probeModel } from '../model-probe/probe-model.ts';
import { DEFAULT_TIMING } from '../models/download-file.ts';
import type { PullOptions } from '../models/pull-options.ts';

/** What a person says about a pull. */
export type PullRequest = Pick<
  PullOptions,
  'environment' | 'mirrors' | 'acceptsLicense' | 'trustsOnFirstUse' | 'signal' | 'onProgress' | 'say'
>;

/** A pull with all that the person need not say. */
export function pullOptions({ modelsFolder, isOffline }: Config, request: PullRequest): PullOptions {
  return { ...request, modelsFolder, isOffline, timing: DEFAULT_TIMING, probe: probeModel };
}
