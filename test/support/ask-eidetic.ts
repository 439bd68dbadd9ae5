import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createTurns } from '../../src/domain/turns.ts';
import type { Answer, Question } from './eidetic-question.ts';
import { type Finished, jsonOf } from './run-eidetic.ts';

const PROGRAM = fileURLToPath(new URL('./asked-eidetic.js', import.meta.url));

/** Beside its words. */
export interface AskOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const inTurn = createTurns();
let child: ChildProcess | null = null;

/**
 * Runs the real command line, one after the other, in a process that a test file's commands share: to load the program
 * takes longer than most of them do. For what is about the process itself (how it starts and ends, signals, stdin, what
 * it must not keep from one command to the next) there is runEidetic.
 */
export function askEidetic(
  args: readonly string[],
  { environment = {}, cwd = process.cwd() }: AskOptions = {},
): Promise<Finished> {
  return inTurn(() => ask({ args, environment, cwd }));
}

/** Runs it, expects an exit code, and gives what it printed as JSON. */
export async function askEideticJson<Value>(
  args: readonly string[],
  expected = 0,
  options: AskOptions = {},
): Promise<Value> {
  return jsonOf(args, await askEidetic(args, options), expected);
}

async function ask(question: Question): Promise<Finished> {
  child ??= start();
  const asked = child;
  asked.ref();
  asked.channel?.ref();
  try {
    const { exitCode, stdout, stderr } = await new Promise<Answer>((resolve, reject) => {
      asked.once('message', (answer) => resolve(answer as Answer));
      asked.once('exit', (code, signal) => {
        child = null;
        reject(new Error(`eidetic ${question.args.join(' ')} ended its process: ${code ?? signal}`));
      });
      asked.send(question);
    });
    return { exitCode, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr).toString() };
  } finally {
    asked.removeAllListeners('message').removeAllListeners('exit');
    // An idle one keeps no test file waiting, and ends when that does.
    asked.unref();
    asked.channel?.unref();
  }
}

function start(): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('EIDETIC_'));
  return fork(PROGRAM, {
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: Object.fromEntries(inherited),
  });
}
