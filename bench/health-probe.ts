import { Agent, get } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

// Asks a server whether it is alive, over and over, from a thread of its own: the load generator's own delays must
// not count as the server's.

const EVERY_MS = 100;

/** Answer times of a server's `/status/live`, milliseconds. */
export interface HealthProbe {
  stop(): Promise<number[]>;
}

export function probeHealth(address: string): HealthProbe {
  const worker = new Worker(new URL(import.meta.url), { workerData: address });
  return {
    stop: () =>
      new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
        worker.postMessage('stop');
      }),
  };
}

async function probe(address: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  let isStopped = false;
  parentPort?.once('message', () => {
    isStopped = true;
  });
  while (!isStopped) {
    times.push(await answerMs(agent, address));
    await setTimeout(EVERY_MS);
  }
  agent.destroy();
  parentPort?.postMessage(times);
}

function answerMs(agent: Agent, address: string): Promise<number> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const request = get(`${address}/status/live`, { agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(performance.now() - startedAt));
    });
    request.on('error', reject);
  });
}

if (!isMainThread) {
  await probe(workerData as string);
}
