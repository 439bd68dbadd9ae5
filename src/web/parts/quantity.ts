import { texts } from '../texts/texts.ts';

/** A whole number as it is written in the language of the page. */
export function inDigits(count: number): string {
  return count.toLocaleString(texts.language);
}

/** A moment as a person reads it: date and time, without seconds. @param moment ISO 8601 */
export function inTime(moment: string): string {
  return new Date(moment).toLocaleString(texts.language, { dateStyle: 'medium', timeStyle: 'short' });
}
