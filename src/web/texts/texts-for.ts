import { de } from './de.ts';
import { en, type Texts } from './en.ts';

const LANGUAGES: Readonly<Record<string, Texts>> = { de, en };

/** The words in the first language of a browser that there are any in; else English. */
export function textsFor(languages: readonly string[]): Texts {
  const known = languages.map((language) => LANGUAGES[language.slice(0, 2).toLowerCase()]);
  return known.find((texts) => texts !== undefined) ?? en;
}
