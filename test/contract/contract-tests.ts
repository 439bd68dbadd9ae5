import { it } from 'node:test';

/** Declares a test that gets a new catalog, prepared, and closes it at its end. */
export type ContractTest<Opened> = (sentence: string, work: (opened: Opened) => Promise<void>) => void;

/** @param prepare is done with every catalog first */
export function contractTests<Opened extends { close(): Promise<void> }>(
  open: () => Promise<Opened>,
  prepare: (opened: Opened) => Promise<void> = async () => {},
): ContractTest<Opened> {
  return (sentence, work) =>
    void it(sentence, async () => {
      const opened = await open();
      try {
        await prepare(opened);
        await work(opened);
      } finally {
        await opened.close();
      }
    });
}
