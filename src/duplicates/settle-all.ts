/** Waits for all, also when one fails. @throws what the first threw that failed */
export async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}
