/**
 * What a terminal would obey, or not show as it is: control characters (C0, DEL, C1), marks that turn the direction of
 * text around, separators of lines and paragraphs, and halves of surrogate pairs.
 */
const NOT_SHOWN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** Of those what JSON.stringify leaves as it is. */
const LEFT_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A line of text for people, whatever names are in it: what a terminal would obey is written as `\n` or `\u001b`. Other
 * characters stay as they are, backslashes too, so a program must take the JSON.
 */
export function showText(text: string): string {
  return text.replace(NOT_SHOWN, (character) => SHORT[character] ?? escapeOf(character));
}

/** JSON of the same value, in which nothing is left that a terminal would obey. */
export function showJson(json: string): string {
  return json.replace(LEFT_IN_JSON, escapeOf);
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
