import { readFileSync, statfsSync } from 'node:fs';
import { mountTree } from '../indexer/mount-tree.ts';
import { parseMounts } from '../indexer/parse-mounts.ts';
import { realPlace } from './real-place.ts';

/**
 * File systems on another machine. Memory that processes share through a file there, as SQLite's write-ahead log needs
 * it, is shared by no two machines, and locks hold on some of them only.
 */
const TYPES = new Set([
  ...['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'ncpfs', 'afs', 'auristorfs', 'ceph', 'coda', 'lustre'],
  ...['9p', 'beegfs', 'davfs', 'glusterfs', 'orangefs', 'vboxsf', 'prl_fs', 'vmhgfs'],
  ...['sshfs', 'rclone', 's3fs', 'gcsfuse', 'goofys', 'mount-s3', 'curlftpfs', 'smbnetfs', 'davfs2'],
  ...['vmhgfs-fuse', 'gvfsd-fuse', 'juicefs'],
]);

/** `f_type` of statfs on Linux; see statfs(2). */
const NUMBERS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'nfs'],
  [0x517b, 'smbfs'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb3'],
  [0x01021997, '9p'],
  [0x5346414f, 'afs'],
  [0x00c36400, 'ceph'],
  [0x73757245, 'coda'],
  [0x0bd00bd3, 'lustre'],
]);

/** What is asked of the system. */
export interface FileSystems {
  /** The text of /proc/self/mountinfo. @throws where it cannot be read */
  readMountInfo(): string;
  /** `f_type` of the file system of a path. @throws where it cannot be told */
  typeNumberOf(path: string): number;
}

const thisSystem: FileSystems = {
  readMountInfo: () => readFileSync('/proc/self/mountinfo', 'utf8'),
  typeNumberOf: (path) => statfsSync(path).type,
};

/**
 * The type of the file system that a path lies on, or would lie on, when that is on another machine: `nfs4`, `cifs`,
 * `fuse.sshfs`. Null for a local one, and where the system does not tell (what is not Linux has other numbers).
 * @param path absolute
 */
export function networkFileSystemOf(path: string, system: FileSystems = thisSystem): string | null {
  const place = realPlace(path);
  const type = mountedType(place, system);
  if (type !== null) {
    return TYPES.has(type) || TYPES.has(type.replace(/^fuse\./, '')) ? type : null;
  }
  try {
    return process.platform === 'linux' ? (NUMBERS.get(system.typeNumberOf(place)) ?? null) : null;
  } catch {
    return null;
  }
}

function mountedType(path: string, system: FileSystems): string | null {
  try {
    return mountTree(parseMounts(system.readMountInfo())).mountOf(path)?.type ?? null;
  } catch {
    return null; // not Linux, or no /proc
  }
}
