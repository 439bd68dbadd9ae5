import { client } from '../state/server.ts';

/** Where a picture is shown that was sent to be searched for, as long as the server keeps it. */
export function keptThumbnail(hash: string, size: 256 | 512 | 1_024 = 512): string {
  return client.addressOf(`/v1/queries/${hash}/thumbnail?size=${size}`);
}
