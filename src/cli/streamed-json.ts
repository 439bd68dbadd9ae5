import { jsonPieces } from './json-pieces.ts';
import { showJson } from './show-text.ts';
import { writeOutput } from './write-output.ts';

/** Prints `{files, summary}` as JSON, each file as soon as it is there; nothing before the first. */
export class StreamedJson {
  #isBegun = false;

  /** @param file plain data @throws what writeOutput throws; likewise below */
  async add(file: object): Promise<void> {
    const before = this.#isBegun ? ',' : '{\n  "files": [';
    this.#isBegun = true;
    await writeOutput(showJson(`${before}\n    ${[...jsonPieces(file, '    ')].join('')}`));
  }

  async end(summary: object): Promise<void> {
    const before = this.#isBegun ? '\n  ' : '{\n  "files": [';
    const text = [...jsonPieces(summary, '  ')].join('');
    await writeOutput(showJson(`${before}],\n  "summary": ${text}\n}\n`));
  }
}
