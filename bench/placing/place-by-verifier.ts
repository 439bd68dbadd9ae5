import { PairVerifier } from '../../src/engine/pair-verifier.ts';
import type { PictureDecoders } from '../../src/imaging/picture-decoders.ts';
import type { PlacingWay } from './placing-way.ts';

/** As Eidetic does it, with all that it looks at to judge the pair. @param decoders outlive it */
export function placeByVerifier(decoders: PictureDecoders, maxBytes: number): PlacingWay {
  const verifier = new PairVerifier(decoders, maxBytes);
  return {
    name: 'Eidetic',
    async place(copy, original, looked) {
      const a = await verifier.views.ofBytes(copy.bytes);
      const b = await verifier.views.ofBytes(original.bytes);
      looked();
      return (await verifier.verify(a, b)).evidence.map;
    },
    close: () => verifier.close(),
  };
}
