/** What a file beside a picture is: the raw file of the same shot, its moving part, or what a program noted about it. */
export type CompanionKind = 'raw' | 'movie' | 'sidecar';

/** A file beside pictures. */
export interface Companion {
  readonly name: string;
  readonly kind: CompanionKind;
  /** Names in the same folder that it belongs to, one or more. */
  readonly owners: readonly string[];
}

/** What names say of files. */
export type KindOfName = (name: string) => 'picture' | 'raw' | 'other';

const MOVIES = /\.(?:mov|mp4|m4v)$/i;

/** With the file's whole name before it, a sidecar is that file's alone. */
const SIDECARS_OF_ONE = [/\.(?:xmp|aae|pp3|dop|json)$/i];

/** With the name but its ending, it is for all that was taken with one press of the button. */
const SIDECARS_OF_SHOT = /\.(?:xmp|aae)$/i;

/**
 * The companions in a folder, by their names alone: `IMG_1.CR2`, `IMG_1.MOV`, `IMG_1.xmp`, `IMG_1.jpg.xmp` and the like beside
 * `IMG_1.jpg`.
 */
export function companionsIn(names: readonly string[], kindOf: KindOfName): Companion[] {
  const all = new Set(names);
  const shots = new Map<string, string[]>();
  for (const name of names.toSorted()) {
    const stem = stemOf(name);
    shots.set(stem, [...(shots.get(stem) ?? []), name]);
  }
  const isShot = (name: string) => kindOf(name) !== 'other' || MOVIES.test(name);
  return names.toSorted().flatMap((name): Companion[] => {
    const sameStem = shots.get(stemOf(name)) ?? [];
    if (kindOf(name) === 'picture') {
      return [];
    }
    if (kindOf(name) === 'raw' || MOVIES.test(name)) {
      const owners = sameStem.filter((other) => kindOf(other) === 'picture');
      return withOwners(name, kindOf(name) === 'raw' ? 'raw' : 'movie', owners);
    }
    const owner = [...SIDECARS_OF_ONE.map((ending) => name.replace(ending, '')), ownerInTakeout(name)].find(
      (base) => base !== name && all.has(base) && isShot(base),
    );
    return owner === undefined && SIDECARS_OF_SHOT.test(name)
      ? withOwners(name, 'sidecar', sameStem.filter(isShot))
      : withOwners(name, 'sidecar', owner === undefined ? [] : [owner]);
  });
}

/** Takeout writes about `IMG_1(2).jpg` in `IMG_1.jpg(2).json`, and cuts its longer ending where the name gets too long. */
const TAKEOUT = /^(?<name>.+?\.[^.()]+)(?:\.(?<ending>s[a-z-]*))?(?<number>\(\d+\))?\.json$/i;
const LONG_ENDING = 'supplemental-metadata';

/** Its own name for one that is none of those. */
function ownerInTakeout(sidecar: string): string {
  const { name, ending = '', number = '' } = TAKEOUT.exec(sidecar)?.groups ?? {};
  if (name === undefined || !LONG_ENDING.startsWith(ending.toLowerCase())) {
    return sidecar;
  }
  const dot = name.lastIndexOf('.');
  return `${name.slice(0, dot)}${number}${name.slice(dot)}`;
}

function withOwners(name: string, kind: CompanionKind, owners: readonly string[]): Companion[] {
  return owners.length === 0 ? [] : [{ name, kind, owners }];
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}
