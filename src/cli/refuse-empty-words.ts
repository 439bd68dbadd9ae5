import type { Command } from 'commander';
import { collected, parseWord } from './parse-option.ts';

/** Has a command and those below it refuse empty values and arguments that nothing else looks at. */
export function refuseEmptyWords(command: Command): void {
  for (const option of command.options.filter(({ required, parseArg }) => required && !parseArg)) {
    option.argParser(parseWord);
  }
  for (const argument of command.registeredArguments.filter(({ parseArg }) => !parseArg)) {
    if (argument.variadic) {
      argument.argParser(collected(parseWord));
    } else {
      argument.argParser(parseWord);
    }
  }
  command.commands.forEach(refuseEmptyWords);
}
