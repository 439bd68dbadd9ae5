import type { Filter } from '../route.ts';
import type { Texts } from '../texts/en.ts';
import { shownText } from './file-name.ts';

/** What a filter asks for, a word or two for each part of it; nothing for none. */
export function filterInWords(
  { folder, formats, takenAfter, takenBefore, minWidth }: Filter,
  { search: words, language }: Pick<Texts, 'search' | 'language'>,
): string[] {
  const day = (text: string) =>
    new Date(`${text}T12:00`).toLocaleDateString(language, { dateStyle: 'medium' });
  return [
    ...(folder === undefined ? [] : [words.inFolder(shownText(folder))]),
    ...(takenAfter === undefined ? [] : [words.takenFrom(day(takenAfter))]),
    ...(takenBefore === undefined ? [] : [words.takenUntil(day(takenBefore))]),
    ...(minWidth === undefined ? [] : [words.asWide(minWidth)]),
    ...(formats === undefined ? [] : [formats.map((format) => format.toUpperCase()).join(', ')]),
  ];
}
