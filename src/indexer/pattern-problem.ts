import picomatch from 'picomatch';

const REMEDY =
  'It is compared with the name of each file and folder, and with its path below the folder that is indexed: write "trash" or "trash/**".';

/** Why a pattern to exclude by can match nothing, in a sentence with what to write instead; null for one that can. */
export function patternProblem(pattern: string): string | null {
  if (pattern.trim() === '') {
    return 'Found nothing; is a variable empty?';
  }
  if (pattern.startsWith('/')) {
    return `Found a path from the root of the disk, which matches nothing. ${REMEDY}`;
  }
  if (pattern.split('/').includes('..')) {
    return `Found "..", which matches nothing: no path below a folder leads out of it. ${REMEDY}`;
  }
  if (pattern.endsWith('/')) {
    return `Found a "/" at the end, which matches nothing. ${REMEDY}`;
  }
  try {
    picomatch(pattern, { dot: true });
    return null;
  } catch (error) {
    return `It is no pattern: ${(error as Error).message}.`;
  }
}
