import assert from 'node:assert/strict';
import { CommanderError } from 'commander';
import { buildProgram } from '../../src/cli/program.ts';
import { EideticError, type ErrorCode } from '../../src/domain/errors.ts';

/** Runs the command line in this process, and asserts that it refuses its words with a code and a sentence. */
export async function refusesWords(
  words: readonly string[],
  code: ErrorCode,
  message: RegExp,
): Promise<void> {
  let said = '';
  const output = {
    writeOut: (text: string) => assert.fail(`expected a refusal, found ${text}`),
    writeErr: (text: string) => {
      said += text;
    },
  };
  const program = await buildProgram(words, output);
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      assert.equal(code, 'INVALID_INPUT', said);
      assert.match(said, message);
    } else {
      assert(error instanceof EideticError, String(error));
      assert.match(error.message, message);
      assert.equal(error.code, code);
    }
    return;
  }
  assert.fail(`expected ${code} for ${words.join(' ')}, found no error`);
}
