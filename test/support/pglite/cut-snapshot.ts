/**
 * A snapshot that ends with a transaction: visible is what was, except that all above the last one is not.
 * It stays the same text until the next commit, while the snapshot of the whole server moves with every transaction in
 * any of its databases.
 * @param snapshot text of a `pg_snapshot`: `xmin:xmax:running,running`
 * @param last id of a transaction visible in it, the highest that counts
 */
export function cutSnapshot(snapshot: string, last: string): string {
  const beyond = BigInt(last) + 1n;
  const [, , listed = ''] = snapshot.split(':');
  const running = listed === '' ? [] : listed.split(',').filter((id) => BigInt(id) < beyond);
  return `${running[0] ?? beyond}:${beyond}:${running.join(',')}`;
}
