import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptFolder } from './kept-folder.ts';

/** Scores of pairs that take long to find, kept as they come: who is stopped goes on from there. */
export interface KeptScores {
  /** Of two files, in this order, or what finds it, which is kept. */
  scoreOf(a: string, b: string, find: () => Promise<number>): Promise<number>;
}

/** @param name says everything that the scores depend on but the files */
export async function openKeptScores(name: string): Promise<KeptScores> {
  const file = join(await keptFolder(name, async () => {}), 'scores.tsv');
  const known = new Map<string, number>();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  // The last one may have been cut off.
  for (const line of lines.slice(0, -1)) {
    const at = line.lastIndexOf('\t');
    known.set(line.slice(0, at), Number(line.slice(at + 1)));
  }
  return {
    async scoreOf(a, b, find) {
      const pair = `${a}\t${b}`;
      const score = known.get(pair) ?? (await find());
      if (!known.has(pair)) {
        known.set(pair, score);
        appendFileSync(file, `${pair}\t${score}\n`);
      }
      return score;
    },
  };
}
