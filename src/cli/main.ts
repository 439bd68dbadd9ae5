import { CommanderError } from 'commander';
import { EideticError } from '../domain/errors.ts';
import { EXIT_BUG, EXIT_CODES, EXIT_INTERRUPTED } from './exit-codes.ts';
import { buildProgram } from './program.ts';
import { requireText } from './require-text.ts';
import { showText } from './show-text.ts';
import { ReaderLeft, writeOutput } from './write-output.ts';

/** Runs the command line of this process and sets its exit code. */
export async function main(): Promise<void> {
  // Whoever writes results is told by writeOutput; what is said beside them may be lost and ends no run.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => {});
  }
  const help: Array<Promise<void>> = [];
  try {
    requireWorkingFolder();
    const words = process.argv.slice(2);
    requireText(words);
    const writeOut = (text: string) => void help.push(writeOutput(text));
    const program = await buildProgram(words, { writeOut });
    await program.parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
  await Promise.all(help).catch((error: unknown) => {
    process.exitCode = report(error);
  });
}

/** Every path is meant from there. */
function requireWorkingFolder(): void {
  try {
    process.cwd();
  } catch (cause) {
    throw new EideticError(
      'NOT_FOUND',
      `The working folder cannot be told (${(cause as Error).message}); was it deleted? Change to one that is there, as with "cd", and try again.`,
      { cause },
    );
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : EXIT_CODES.INVALID_INPUT; // commander has printed it
  }
  if (error instanceof EideticError) {
    process.stderr.write(`eidetic: ${showMessage(error.message)}\n`);
    return EXIT_CODES[error.code];
  }
  if (error instanceof ReaderLeft) {
    return 0;
  }
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('eidetic: stopped.\n');
    return EXIT_INTERRUPTED;
  }
  const stack = String((error as Error).stack ?? error).split('\n');
  process.stderr.write(`eidetic: this is a bug, please report it.\n${stack.map(showText).join('\n')}\n`);
  return EXIT_BUG;
}

/** How the lines behind the first begin in messages of several (wrong settings, models to place by hand). */
const OWN_LINES = /\n(?=✖ | {2}|To place it by hand|then run "eidetic )/;

/** A line that is none of ours came from a name with a line break in it. */
function showMessage(message: string): string {
  return message.split(OWN_LINES).map(showText).join('\n');
}
