import { signal } from '@preact/signals';

/** Answers that views wait for. */
export const answersAwaited = signal(0);

/** Counts an answer among those that are waited for, until it is there. */
export async function awaited<Answer>(answer: Promise<Answer>): Promise<Answer> {
  answersAwaited.value++;
  try {
    return await answer;
  } finally {
    answersAwaited.value--;
  }
}
