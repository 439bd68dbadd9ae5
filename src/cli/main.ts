import { CommanderError } from 'commander';
import { EideticError } from '../domain/errors.ts';
import { EXIT_BUG, EXIT_CODES, EXIT_INTERRUPTED } from './exit-codes.ts';
import { buildProgram } from './program.ts';
import { requireText } from './require-text.ts';

/** Runs the command line of this process and sets its exit code. */
export async function main(): Promise<void> {
  // A reader that has seen enough (`eidetic search | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : EXIT_BUG);
  });
  try {
    const words = process.argv.slice(2);
    requireText(words);
    const program = await buildProgram(words);
    await program.parseAsync();
  } catch (error) {
    process.exitCode = report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? 0 : EXIT_CODES.INVALID_INPUT; // commander has printed it
  }
  if (error instanceof EideticError) {
    process.stderr.write(`eidetic: ${error.message}\n`);
    return EXIT_CODES[error.code];
  }
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('eidetic: stopped.\n');
    return EXIT_INTERRUPTED;
  }
  process.stderr.write(`eidetic: this is a bug, please report it.\n${(error as Error).stack ?? error}\n`);
  return EXIT_BUG;
}
