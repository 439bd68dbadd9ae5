/**
 * The whole number that plain digits say. `1e3`, `0x10`, ` 5`, `1.0` and `007` are none: a person who wrote one of
 * them may have meant another number than the one it would be taken for.
 * @returns null for anything else, and beyond what a number holds exactly
 */
export function parseWholeNumber(text: string): number | null {
  const value = /^(0|[1-9]\d*)$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : null;
}

/**
 * The number that plain digits say, with a point and a minus sign if there are any (`-0.5`), and as programs print tiny
 * ones (`1e-7`); null for anything else.
 */
export function parseDecimal(text: string): number | null {
  return /^-?\d+(\.\d+)?(e-\d+)?$/.test(text) ? Number(text) : null;
}
