/**
 * The ways in which Unicode writes one text: as it is given, composed (NFC, as most keyboards and systems write names)
 * and decomposed (NFD, as older Macs do). On disk they are different names; to a person they look the same.
 * @returns one or more, the given first, none twice
 */
export function unicodeForms(text: string): string[] {
  return [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])];
}
