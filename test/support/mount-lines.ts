/** What a line of mountinfo says of a mount, its fields as the kernel writes them. */
export interface MountFields {
  readonly id: number;
  readonly parent: number;
  readonly number: string;
  readonly at: string;
  readonly type: string;
  readonly source: string;
  readonly root?: string;
  /** Optional fields, as `shared:7 master:3`. */
  readonly tags?: string;
  readonly options?: string;
}

/** The text of a /proc/self/mountinfo. */
export function mountLines(mounts: readonly MountFields[]): string {
  return mounts
    .map(({ id, parent, number, root = '/', at, tags, type, source, options = 'rw' }) => {
      const before = [id, parent, number, root, at, 'rw,relatime', ...(tags === undefined ? [] : [tags])];
      return `${[...before, '-', type, source, options].join(' ')}\n`;
    })
    .join('');
}
