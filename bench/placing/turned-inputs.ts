import { dihedralVariants } from '../dihedral.ts';

const CHANNELS = 3;

/** A model's input turned and mirrored in the ways of `dihedralVariants`, in their order. @param input [3, side, side] */
export function turnedInputs(input: Float32Array, side: number): Float32Array[] {
  const pixels = side * side;
  const planes = Array.from({ length: CHANNELS }, (_, channel) =>
    dihedralVariants(input.subarray(channel * pixels, (channel + 1) * pixels), side),
  );
  return (planes[0] as Float32Array[]).map((_, variant) => {
    const turned = new Float32Array(input.length);
    for (const [channel, variants] of planes.entries()) {
      turned.set(variants[variant] as Float32Array, channel * pixels);
    }
    return turned;
  });
}
