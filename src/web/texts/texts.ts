import { textsFor } from './texts-for.ts';

/** The words that the page shows. */
export const texts = textsFor(navigator.languages);
