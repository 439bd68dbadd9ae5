/**
 * What a pattern over a file's name matches: `*` stands for any letters, `?` for one, everything else for itself, whether
 * large or small. So `* (?).*` means a name with a number in parentheses, as nothing else would read it.
 */
export function namePattern(pattern: string): RegExp {
  const source = [...pattern.normalize('NFC')].map((letter) =>
    letter === '*' ? '.*' : letter === '?' ? '.' : letter.replace(/[\\^$.|+()[\]{}/]/, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`, 'isu');
}
