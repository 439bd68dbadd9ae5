/** So many of the nearest are looked at in any case: 97.5 % of edited copies have their original among them. */
export const FIRST_LOOKED_AT = 5;

/** Behind those, looking goes on until so many in a row are no copies. */
const MOST_IN_VAIN = 3;

/**
 * Looks at what is near a picture, the nearest first, and further where copies are among them.
 * @param look tells whether one is a copy, or may be one
 */
export async function lookFromNearest<Other>(
  others: AsyncIterable<Other>,
  look: (other: Other) => Promise<boolean>,
): Promise<void> {
  let [lookedAt, inVain] = [0, 0];
  for await (const other of others) {
    if (lookedAt++ >= FIRST_LOOKED_AT && inVain >= MOST_IN_VAIN) {
      return;
    }
    inVain = (await look(other)) ? 0 : inVain + 1;
  }
}
