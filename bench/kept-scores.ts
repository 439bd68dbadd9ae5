import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';

/** Scores of pairs that take long to find, kept as they come: a run that was stopped goes on from there. */
export class KeptScores {
  readonly #file: string;
  readonly #known = new Map<string, number>();

  /** @param file that nobody else writes; made when the first score comes */
  constructor(file: string) {
    this.#file = file;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole !== text) {
      truncateSync(file, Buffer.byteLength(whole)); // it was stopped while it wrote
    }
    for (const line of whole.split('\n').slice(0, -1)) {
      const at = line.lastIndexOf('\t');
      this.#known.set(line.slice(0, at), Number(line.slice(at + 1)));
    }
  }

  /** Of two files, in this order: what is kept, or else what finding it gives, which is kept. @throws what `find` throws */
  async scoreOf(a: string, b: string, find: () => Promise<number>): Promise<number> {
    const pair = `${a}\t${b}`;
    const known = this.#known.get(pair);
    if (known !== undefined) {
      return known;
    }
    const score = await find();
    this.#known.set(pair, score);
    appendFileSync(this.#file, `${pair}\t${score}\n`);
    return score;
  }
}
