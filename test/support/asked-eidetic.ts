import { main } from '../../src/cli/main.ts';
import type { Answer, Question } from './eidetic-question.ts';

// Entry of the process of askEidetic: one command line after the other, as the program does one.

process.on('message', async (question: Question) => {
  process.send?.(await answer(question));
});
process.on('disconnect', () => process.exit());

async function answer({ args, environment, cwd }: Question): Promise<Answer> {
  process.argv.splice(2, Number.POSITIVE_INFINITY, ...args);
  process.exitCode = undefined;
  Object.assign(process.env, environment);
  process.chdir(cwd);
  const [stdout, stderr] = [keep(process.stdout), keep(process.stderr)];
  await main();
  const exitCode = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  for (const name of Object.keys(environment)) {
    delete process.env[name];
  }
  return { exitCode, stdout: stdout.taken(), stderr: stderr.taken() };
}

/** Keeps what is written to a stream, until it is taken. */
function keep(stream: NodeJS.WriteStream): { taken(): Uint8Array } {
  const { write } = stream;
  const written: Uint8Array[] = [];
  const keeping = (text: string | Uint8Array, ...rest: unknown[]): boolean => {
    written.push(Buffer.from(text as string));
    const told = rest.at(-1);
    if (typeof told === 'function') {
      process.nextTick(told);
    }
    return true;
  };
  stream.write = keeping;
  return {
    taken() {
      stream.write = write;
      stream.removeAllListeners('error'); // the program adds its own with each run
      return Buffer.concat(written);
    },
  };
}
