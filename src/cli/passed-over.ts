/** Of the others one word is enough for any number. */
const WORDS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  'system folder': ['system folder', 'system folders'],
  'symbolic link': ['symbolic link', 'symbolic links'],
  'special file': ['special file', 'special files'],
  'seen already': ['reached by another path before', 'reached by other paths before'],
};

/** `2 hidden, 1 system folder`: names that were passed over, by reason; '' for none. */
export function passedOverWords(counts: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(counts)
    .flatMap(([reason, names = 0]) => {
      const [one, several] = WORDS[reason] ?? [reason, reason];
      return names === 0 ? [] : [`${names.toLocaleString('en')} ${names === 1 ? one : several}`];
    })
    .join(', ');
}
