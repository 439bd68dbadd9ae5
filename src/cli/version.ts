import { readFileSync } from 'node:fs';

// From dist/src/cli.
const PACKAGE = new URL('../../../package.json', import.meta.url);

/** The program's version, as its package says. */
export const VERSION = (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version;
