import { factsBeyond, sidecarXmp } from '../apply/sidecar-xmp.ts';
import type { Sidecar } from '../apply/write-sidecar.ts';
import { readPlan } from '../curation/read-plan.ts';
import type { Catalog } from '../domain/catalog.ts';
import type { CameraFacts, ContentHash } from '../domain/picture.ts';

/**
 * What is to be written beside the files that stay of a plan: what pictures that are dropped know of when, where and by
 * what they were taken, and those that stay do not.
 * @returns by the paths of the files that stay
 * @throws EideticError INVALID_INPUT for a plan that is wrong
 */
export async function sidecarsFor(
  { files, pictures }: Pick<Catalog, 'files' | 'pictures'>,
  plan: string,
): Promise<Map<string, Sidecar>> {
  const factsOf = async (hash: ContentHash): Promise<CameraFacts> => {
    const found = await files.findByHash(hash, []);
    const [picture] = found === null ? [] : await pictures.pictures([found.id], {}, 1);
    return picture ?? NOTHING_KNOWN;
  };
  const lost = new Map<string, CameraFacts>();
  const { actions } = await readPlan(plan);
  for await (const { drop, keep, companionOf } of actions) {
    if (companionOf === null && drop.contentHash !== keep.contentHash) {
      const known = lost.get(keep.path) ?? NOTHING_KNOWN;
      const beyond = factsBeyond(await factsOf(drop.contentHash), await factsOf(keep.contentHash));
      lost.set(keep.path, both(known, factsBeyond(beyond, known)));
    }
  }
  const sidecars = new Map<string, Sidecar>();
  for (const [path, facts] of lost) {
    const text = sidecarXmp(facts);
    if (text !== null) {
      sidecars.set(path, { path: `${path}.xmp`, text });
    }
  }
  return sidecars;
}

const NOTHING_KNOWN: CameraFacts = { takenAt: null, camera: null, latitude: null, longitude: null };

function both(a: CameraFacts, b: CameraFacts): CameraFacts {
  return {
    takenAt: a.takenAt ?? b.takenAt,
    camera: a.camera ?? b.camera,
    latitude: a.latitude ?? b.latitude,
    longitude: a.longitude ?? b.longitude,
  };
}
