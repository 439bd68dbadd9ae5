/**
 * Orders strings by their UTF-8 bytes, as SQLite orders text. JavaScript's own order (UTF-16 code units) puts
 * characters beyond U+FFFF before U+E000 to U+FFFF; moving the surrogates behind them repairs that.
 * @returns below zero, zero or above zero
 */
export function comparePaths(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const unitA = a.charCodeAt(i);
    const unitB = b.charCodeAt(i);
    if (unitA !== unitB) {
      return rank(unitA) - rank(unitB);
    }
  }
  return a.length - b.length;
}

function rank(codeUnit: number): number {
  if (codeUnit < 0xd800) {
    return codeUnit;
  }
  return codeUnit < 0xe000 ? codeUnit + 0x2000 : codeUnit - 0x800;
}
