import type { PictureView } from './picture-view.ts';

/** The same view in memory that all threads share: it goes from one to another without being copied. */
export function shareView({ image, features, rough, ...facts }: PictureView): PictureView {
  const { count, x, y, scale, angle, descriptors } = features;
  return {
    image: { ...image, data: shared(image.data) },
    features: {
      ...{ count, x: shared(x), y: shared(y), scale: shared(scale), angle: shared(angle) },
      descriptors: shared(descriptors),
    },
    rough: { ...rough, data: shared(rough.data) },
    ...facts,
  };
}

function shared(values: Float32Array): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
