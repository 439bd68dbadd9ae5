import { CommanderError } from 'commander';
import { EideticError } from '../domain/errors.ts';
import { EXIT_BUG, EXIT_CODES, EXIT_INTERRUPTED } from './exit-codes.ts';
import { buildProgram } from './program.ts';
import { showText } from './show-text.ts';

/** Runs the command line of this process and sets its exit code. */
export async function main(): Promise<void> {
  // A reader that has seen enough (`eidetic search | head`) is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : EXIT_BUG);
  });
  try {
    const program = await buildProgram(process.argv.slice(2));
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
    process.stderr.write(`eidetic: ${showMessage(error.message)}\n`);
    return EXIT_CODES[error.code];
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
