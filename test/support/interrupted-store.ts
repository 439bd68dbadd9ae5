import type { DescriptorStore } from '../../src/domain/descriptor-store.ts';

/** A store that lets something happen before and after everything that an index asks of it, and within a feed. */
export function interruptedStore(store: DescriptorStore, interrupt: () => Promise<void>): DescriptorStore {
  async function around<T>(ask: () => Promise<T>): Promise<T> {
    await interrupt();
    const answer = await ask();
    await interrupt();
    return answer;
  }
  return {
    put: (source, vectors) => store.put(source, vectors),
    vectors: (source, parts) => store.vectors(source, parts),
    vectorsOfPictures: (source, pictures) => store.vectorsOfPictures(source, pictures),
    vectorOfPicture: (source, picture) => store.vectorOfPicture(source, picture),
    nearestExactly: (source, query, k) => store.nearestExactly(source, query, k),
    position: () => around(() => store.position()),
    knows: (position) => around(() => store.knows(position)),
    count: (source) => around(() => store.count(source)),
    async *changes(source, after) {
      await interrupt();
      for await (const changes of store.changes(source, after)) {
        yield changes;
        await interrupt();
      }
    },
  };
}
