import { setTimeout as sleep } from 'node:timers/promises';
import type { JobStore } from '../../src/domain/job.ts';
import { seededRandom } from './seeded-random.ts';

const MOST_MS = 4;

/** A job store with a network before it: calls arrive and are answered some time later, now and then out of order. */
export function slowJobStore(store: JobStore, seed: number): JobStore {
  const random = seededRandom(seed);
  const inProgress = new Set<Promise<unknown>>();
  const travel = () => sleep(random() * MOST_MS);
  const slowly = <Result>(call: () => Promise<Result>): Promise<Result> => {
    const answer = travel()
      .then(call)
      .finally(() => travel());
    inProgress.add(answer);
    const forget = () => inProgress.delete(answer);
    answer.then(forget, forget);
    return answer;
  };
  return {
    add: (roots) => slowly(() => store.add(roots)),
    get: (id) => slowly(() => store.get(id)),
    list: (limit, before) => slowly(() => store.list(limit, before)),
    unfinished: () => slowly(() => store.unfinished()),
    change: (id, change) => slowly(() => store.change(id, change)),
    close: async () => {
      await Promise.allSettled(inProgress);
      await store.close();
    },
  };
}
