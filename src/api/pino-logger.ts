import { pino } from 'pino';
import type { Logger } from '../domain/logger.ts';

/** Writes JSON lines on stderr, so that stdout stays for results. */
export function pinoLogger(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): Logger {
  // Not pino's own destination: on a full disk that one tries again for ever, and the process never ends.
  const stderr = { write: (line: string) => void process.stderr.write(line) };
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stderr);
  return {
    debug: (message, fields = {}) => log.debug(fields, message),
    info: (message, fields = {}) => log.info(fields, message),
    warn: (message, fields = {}) => log.warn(fields, message),
    error: (message, fields = {}) => log.error(fields, message),
  };
}
