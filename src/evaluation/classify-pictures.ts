import type { Embedding } from '../domain/embedding.ts';
import { rankBank } from './rank-bank.ts';
import { type ClassVote, voteForClass } from './vote-for-class.ts';

/** Pictures whose class is known. */
export interface ClassedPictures {
  readonly classes: readonly string[];
  /** Likewise. */
  readonly vectors: readonly Embedding[];
}

/**
 * Asks the nearest training pictures for the class of each test picture; see voteForClass.
 * @param neighbors how many vote, each as many as there are training pictures or fewer
 * @param onClassified told after each picture, when others may have their turn
 * @returns by `neighbors`, then by picture
 */
export async function classifyPictures(
  train: ClassedPictures,
  test: ClassedPictures,
  neighbors: readonly number[],
  onClassified: () => Promise<void>,
): Promise<ClassVote[][]> {
  const votes: ClassVote[][] = neighbors.map(() => []);
  const classOf = (at: number) => train.classes[at] as string;
  for (const [i, right] of test.classes.entries()) {
    const isRight = (at: number) => classOf(at) === right;
    const nearest = rankBank(test.vectors[i] as Embedding, train.vectors, isRight, Math.max(...neighbors));
    for (const [which, k] of neighbors.entries()) {
      votes[which]?.push(voteForClass(nearest, k, classOf, right));
    }
    await onClassified();
  }
  return votes;
}
