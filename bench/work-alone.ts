import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import hnswlib from 'hnswlib-node';
import { embeddingOf } from '../src/engine/describe-picture.ts';
import type { Library } from '../src/engine/library.ts';
import { DEFAULT_EF_SEARCH } from '../src/vector-index/hnsw-settings.ts';

/** What a server does for a request, without a server around it. */
export interface WorkAlone {
  /** Times of single queries to hnswlib-node alone, milliseconds. */
  queryMs(queries: number, random: () => number): Promise<number[]>;
  /** Pictures decoded and embedded in a second. */
  picturesPerSecond(pictures: readonly Uint8Array[], seconds: number): Promise<number>;
}

/** @param library whose index is saved and whose picture ids are 1 to `pictures` */
export function workAlone(library: Library, pictures: number, limit: number): WorkAlone {
  const { space, model } = library.spaces.similar;
  const { key, manifest } = model;
  const embedder = library.embedder();
  const graph = new hnswlib.HierarchicalNSW('l2', manifest.dimensions);
  const folder = join(library.config.library, 'indexes', `similar-${key.slice(0, 12)}`);
  const saved = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    graph: { name: string };
  };
  graph.readIndexSync(join(folder, saved.graph.name));
  graph.setEf(DEFAULT_EF_SEARCH);
  return {
    async queryMs(queries, random) {
      const times: number[] = [];
      for (let n = 0; n < queries; n++) {
        const query = [...(await embeddingOf(library, space, 1 + Math.floor(random() * pictures)))];
        const startedAt = performance.now();
        graph.searchKnn(query, limit);
        times.push(performance.now() - startedAt);
      }
      return times;
    },
    async picturesPerSecond(bodies, seconds) {
      const startedAt = performance.now();
      let begun = 0;
      let done = 0;
      const describeOn = async () => {
        while (performance.now() - startedAt < seconds * 1_000) {
          await embedder.describe(new Uint8Array(bodies[begun++ % bodies.length] as Uint8Array));
          done++;
        }
      };
      await Promise.all(Array.from({ length: embedder.parallelism }, describeOn));
      return (done / (performance.now() - startedAt)) * 1_000;
    },
  };
}
