import { texts } from '../texts/texts.ts';

/** Why a file could not be read, in plain words. @param code as the API tells it */
export function reasonInWords(code: string): string {
  const codes: Readonly<Record<string, string>> = texts.failures.codes;
  return codes[code] ?? `${texts.failures.other} (${code})`;
}
