import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { ModelManifest } from '../../src/domain/model.ts';
import { planWorkers } from '../../src/embedding/plan-workers.ts';

const MACHINE = { cores: 4, memoryBytes: 2_400 };

/** Sessions may take a quarter of the memory, three times the weights each: 200 bytes of weights on this machine. */
function model(sizeBytes: number, dataBytes?: number): ModelManifest {
  const data = dataBytes === undefined ? undefined : [{ file: 'data', sha256: '', sizeBytes: dataBytes }];
  return { sizeBytes, data } as ModelManifest;
}

it('plans a worker for each core, of one thread, when all their sessions fit', () => {
  assert.deepEqual(planWorkers([model(50)], 'cpu', MACHINE), { workers: 4, threads: 1 });
});

it('counts the weights of every model, also those beside the ONNX file', () => {
  assert.equal(planWorkers([model(60)], 'cpu', MACHINE).workers, 3);
  assert.equal(planWorkers([model(40), model(60)], 'cpu', MACHINE).workers, 2);
  assert.equal(planWorkers([model(10, 30), model(20, 40)], 'cpu', MACHINE).workers, 2);
});

it('gives the cores to the workers that fit, and never plans none', () => {
  assert.deepEqual(planWorkers([model(100)], 'cpu', MACHINE), { workers: 2, threads: 2 });
  assert.deepEqual(planWorkers([model(150), model(900)], 'cpu', MACHINE), { workers: 1, threads: 4 });
});

it('plans one worker for a device that takes one pass at a time', () => {
  assert.equal(planWorkers([model(1)], 'cuda', MACHINE).workers, 1);
});
