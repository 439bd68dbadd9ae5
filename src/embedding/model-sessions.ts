import type { Descriptor } from '../domain/descriptor.ts';
import type { Device } from '../domain/device.ts';
import type { InstalledModel } from '../domain/model.ts';
import { type OnnxSession, openOnnxSession } from './onnx-session.ts';

/** One session for each of several models. One of these per thread, for the life of the process. */
export interface ModelSessions {
  /**
   * One forward pass of each model. Blocks its thread.
   * @param inputs one tensor a model, in the order of the models
   * @returns the descriptors by model key, and how long the passes took together, milliseconds
   */
  embed(
    inputs: readonly Float32Array[],
  ): Promise<{ readonly descriptors: Record<string, Descriptor>; readonly inferenceMs: number }>;
  release(): Promise<void>;
}

/**
 * Loads models, one after the other.
 * @param threads how many threads one forward pass uses on the CPU
 * @throws EideticError MODEL_UNAVAILABLE when one cannot be loaded; then none is
 */
export async function openModelSessions(
  models: readonly InstalledModel[],
  threads: number,
  device: Device,
): Promise<ModelSessions> {
  const sessions: OnnxSession[] = [];
  const release = async () => {
    await Promise.all(sessions.map((session) => session.release()));
  };
  try {
    for (const { folder, manifest } of models) {
      sessions.push(await openOnnxSession(folder, manifest, threads, device));
    }
  } catch (error) {
    await release();
    throw error;
  }
  return {
    async embed(inputs) {
      const descriptors: Record<string, Descriptor> = {};
      let inferenceMs = 0;
      for (const [i, session] of sessions.entries()) {
        const startedAt = performance.now();
        const [descriptor] = await session.embed([inputs[i] as Float32Array]);
        inferenceMs += performance.now() - startedAt;
        descriptors[(models[i] as InstalledModel).key] = descriptor as Descriptor;
      }
      return { descriptors, inferenceMs };
    },
    release,
  };
}
