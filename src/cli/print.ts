import { showJson, showText } from './show-text.ts';
import { writeOutput } from './write-output.ts';

/** Characters written to stdout at a time. */
const PIECE_LENGTH = 65_536;

/** Lines for people on stdout, as {@link showText} writes them. @throws what writeOutput throws; likewise below */
export async function printLines(lines: readonly string[]): Promise<void> {
  await printPieces(lines.map((line) => `${showText(line)}\n`));
}

/** One JSON value on stdout, indented for people. */
export async function printJson(value: unknown): Promise<void> {
  await writeOutput(`${showJson(JSON.stringify(value, null, 2))}\n`);
}

/** One JSON value a line. */
export async function printJsonLine(value: unknown): Promise<void> {
  await writeOutput(`${showJson(JSON.stringify(value))}\n`);
}

/** Writes text as it comes, however long it grows in all: never faster than its reader takes it. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length >= PIECE_LENGTH) {
      await writeOutput(text);
      text = '';
    }
  }
  if (text !== '') {
    await writeOutput(text);
  }
}

/** `1 file`, `2 files`. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}

/** `12.3 MB`, in powers of 1000 as file managers show it. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** `850 ms`, `12.3 s`, `4 min 05 s`, `2 h 10 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1_000) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 60_000) {
    return `${(ms / 1_000).toFixed(1)} s`;
  }
  const pad = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) {
    return `${minutes} min ${pad(Math.floor((ms % 60_000) / 1_000))} s`;
  }
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}
