import { signal } from '@preact/signals';
import type { KeptQueryAnswer } from '../../client/eidetic-client.ts';
import { client } from './server.ts';

/** Pictures that the server has fetched by their URL, and keeps for a while. */
export const fetched = signal<ReadonlyMap<string, KeptQueryAnswer>>(new Map());

/** The picture at a URL, fetched unless it was. @throws EideticApiError */
export async function fetchOnce(url: string, signal: AbortSignal): Promise<KeptQueryAnswer> {
  return fetched.value.get(url) ?? (await fetchAgain(url, signal));
}

/** The picture that is at a URL now. @throws EideticApiError */
export async function fetchAgain(url: string, signal: AbortSignal): Promise<KeptQueryAnswer> {
  const kept = await client.keepQuery({ url }, signal);
  fetched.value = new Map([...fetched.value, [url, kept]]);
  return kept;
}
