import type { Logger } from '../domain/logger.ts';
import { showText } from './show-text.ts';

/** Says warnings and errors on stderr, and everything when asked to be verbose. */
export function stderrLogger(isVerbose: boolean): Logger {
  const say = (level: string, message: string, fields: Readonly<Record<string, unknown>> = {}) => {
    const details = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    process.stderr.write(`${showText([`${level}: ${message}`, ...details].join(' '))}\n`);
  };
  const sayWhenVerbose: Logger['debug'] = (message, fields) => {
    if (isVerbose) {
      say('info', message, fields);
    }
  };
  return {
    debug: sayWhenVerbose,
    info: sayWhenVerbose,
    warn: (message, fields) => say('warning', message, fields),
    error: (message, fields) => say('error', message, fields),
  };
}
