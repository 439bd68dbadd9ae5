import type { Mount } from './parse-mounts.ts';

/** Mounts of one file system. */
export type MountsOfOne = readonly [Mount, ...Mount[]];

/** What a path leads to, as the kernel walks it. */
export interface MountTree {
  /**
   * The mount in which a path lies; null when none is known.
   * @param path absolute, without symbolic links
   */
  mountOf(path: string): Mount | null;
  /** The mounts of a file system that paths still lead to, in the order of mountinfo; null when there are none. */
  mountsOf(majorMinor: string): MountsOfOne | null;
}

/** Parent of what stands on a mount that is not listed, as the root itself does. */
const OUTSIDE = 'outside';

/**
 * Puts mounts on top of each other. Which one hides another follows from what each stands on, not from their order
 * alone: a mount hides what was at its place and everything below.
 */
export function mountTree(listed: readonly Mount[]): MountTree {
  // An id given twice could lead round in a circle.
  const mounts = new Map(listed.map((mount) => [mount.id, mount]));
  const standing = new Map<string, Mount>();
  for (const mount of mounts.values()) {
    const isOutside = !mounts.has(mount.parentId) || mount.parentId === mount.id;
    standing.set(place(isOutside ? OUTSIDE : mount.parentId, mount.mountPoint), mount);
  }

  function topAt(folder: string, below: Mount | null): Mount | null {
    let top = below;
    for (;;) {
      const next = standing.get(place(top?.id ?? OUTSIDE, folder));
      if (next === undefined) {
        return top;
      }
      top = next;
    }
  }

  function mountOf(path: string): Mount | null {
    let reached: Mount | null = null;
    for (const folder of pathsDownTo(path)) {
      reached = topAt(folder, reached);
    }
    return reached;
  }

  const visible = new Map<string, [Mount, ...Mount[]]>();
  for (const mount of mounts.values()) {
    if (mountOf(mount.mountPoint) !== mount) {
      continue;
    }
    const others = visible.get(mount.majorMinor);
    if (others === undefined) {
      visible.set(mount.majorMinor, [mount]);
    } else {
      others.push(mount);
    }
  }
  return { mountOf, mountsOf: (majorMinor) => visible.get(majorMinor) ?? null };
}

function place(parentId: string, mountPoint: string): string {
  return `${parentId} ${mountPoint}`;
}

/** `/a/b` gives `/`, `/a`, `/a/b`. */
function* pathsDownTo(path: string): Generator<string> {
  yield '/';
  for (let end = 1; end > 0 && end < path.length; ) {
    const slash = path.indexOf('/', end);
    yield slash < 0 ? path : path.slice(0, slash);
    end = slash + 1;
  }
}
