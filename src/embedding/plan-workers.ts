import type { Device } from '../domain/device.ts';
import type { ModelManifest } from '../domain/model.ts';

/** Weights, their optimized copy and the arena of activations, as a multiple of the ONNX file (measured: 2 to 3). */
const MEMORY_PER_FILE_BYTE = 3;

/** How much of the machine's memory sessions may take. */
const SHARE_OF_MEMORY = 1 / 4;

/** How many worker threads there are at most, and how many threads each uses for one forward pass. */
export interface WorkerPlan {
  readonly workers: number;
  readonly threads: number;
}

/**
 * Small models gain little from several threads in one forward pass, and everything from several passes side by side:
 * a worker for each core, as far as memory holds a session of every model for each worker.
 */
export function planWorkers(
  models: readonly ModelManifest[],
  device: Device,
  machine: { readonly cores: number; readonly memoryBytes: number },
): WorkerPlan {
  const weightBytes = models.reduce((sum, model) => sum + bytesOfWeights(model), 0);
  const thatFit = Math.floor((machine.memoryBytes * SHARE_OF_MEMORY) / (weightBytes * MEMORY_PER_FILE_BYTE));
  // A graphics card works on one pass at a time, whoever asks; more sessions would only take more of its memory.
  const workers = device === 'cpu' ? Math.max(1, Math.min(machine.cores, thatFit)) : 1;
  return { workers, threads: Math.max(1, Math.floor(machine.cores / workers)) };
}

function bytesOfWeights({ sizeBytes, data = [] }: ModelManifest): number {
  return data.reduce((sum, file) => sum + file.sizeBytes, sizeBytes);
}
