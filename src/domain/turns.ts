/** Runs pieces of asynchronous work one after the other, in the order they were asked for. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    // A failure belongs to the one who asked; the next in line starts all the same.
    last = turn.catch(() => undefined);
    return turn;
  };
}
