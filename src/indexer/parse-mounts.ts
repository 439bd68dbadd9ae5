/** One line of /proc/self/mountinfo, with its escapes undone; see proc_pid_mountinfo(5). */
export interface Mount {
  readonly id: string;
  /** The mount it stands on. */
  readonly parentId: string;
  /** The file system's number. Most stats tell the same, those of btrfs do not. */
  readonly majorMinor: string;
  /** What of the file system is seen at the mount point: `/`, or a folder or file in it. */
  readonly root: string;
  /** Absolute path. */
  readonly mountPoint: string;
  readonly type: string;
  /** A device, a share, or any word that the person who mounted chose; may be empty. */
  readonly source: string;
  /** Of the file system, between commas. */
  readonly options: string;
}

/** Fields before the optional ones, which end with a `-`. */
const FIXED_FIELDS = 6;

/** Reads the text of /proc/self/mountinfo, in its order. A line that is none is passed over. */
export function parseMounts(mountInfo: string): Mount[] {
  return mountInfo.split('\n').flatMap((line) => parseMount(line) ?? []);
}

function parseMount(line: string): Mount | null {
  if (!/^\d+ \d+ \d+:\d+ /.test(line)) {
    return null;
  }
  const fields = line.split(' ').map(undoEscapes);
  const dash = fields.indexOf('-', FIXED_FIELDS);
  const [id = '', parentId = '', majorMinor = '', root = '', mountPoint = ''] = fields;
  const [type = '', source = '', options = ''] = dash < 0 ? [] : fields.slice(dash + 1);
  const isWhole = mountPoint.startsWith('/') && type !== '';
  return isWhole ? { id, parentId, majorMinor, root, mountPoint, type, source, options } : null;
}

/** The kernel writes what would end a field or a line as a backslash and three octal digits. */
function undoEscapes(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
