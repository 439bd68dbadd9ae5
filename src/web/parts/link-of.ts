/** The link that a text is; null for any other text. */
export function linkOf(text: string): string | null {
  const word = text.trim();
  const isLink = /^(https?:\/\/|data:image\/)\S+$/i.test(word) && URL.canParse(word);
  return isLink ? word : null;
}
