import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { placesBelow } from '../curation/places-below.ts';
import type { LibraryPlan } from '../engine/plan-library.ts';
import { keywordsOf } from './plan-formats.ts';
import { cannotWrite, writeNewFile } from './write-new-file.ts';

/**
 * Writes a sidecar for every picture of a plan into a folder of their own, never beside the pictures: `root/sub/IMG.jpg.xmp`.
 * @param folder absolute; not there yet
 * @returns how many
 * @throws EideticError INVALID_INPUT, STORAGE_FULL
 */
export async function writeSidecars({ header, groups }: LibraryPlan, folder: string): Promise<number> {
  const placeOf = placesBelow(header.roots, folder);
  let written = 0;
  for (const { number, kept, actions } of groups) {
    const dropped = actions.filter(({ companionOf }) => companionOf === null).map(({ drop }) => drop.path);
    for (const [paths, isKept] of [
      [kept.map(({ path }) => path), true],
      [dropped, false],
    ] as const) {
      for (const path of paths) {
        const place = `${placeOf(path)}.xmp`;
        await mkdir(dirname(place), { recursive: true }).catch((cause: unknown) => {
          throw cannotWrite(place, cause);
        });
        await writeNewFile(place, Buffer.from(sidecarWith(keywordsOf(number, isKept))));
        written++;
      }
    }
  }
  return written;
}

/** Keywords as Lightroom, digiKam and others each look for them. @param keywords without what XML would read */
function sidecarWith(keywords: readonly string[]): string {
  const items = keywords.map((keyword) => `<rdf:li>${keyword}</rdf:li>`).join('');
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:digiKam="http://www.digikam.org/ns/1.0/">
   <dc:subject><rdf:Bag>${items}</rdf:Bag></dc:subject>
   <lr:hierarchicalSubject><rdf:Bag>${items}</rdf:Bag></lr:hierarchicalSubject>
   <digiKam:TagsList><rdf:Seq>${items}</rdf:Seq></digiKam:TagsList>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;
}
