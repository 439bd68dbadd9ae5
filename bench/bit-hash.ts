/** A hash of some bits, 32 a word; bit `i` is bit `i % 32` of word `i / 32`. */
export type BitHash = Uint32Array;

export function packBits(bits: readonly boolean[]): BitHash {
  const hash = new Uint32Array(Math.ceil(bits.length / 32));
  for (const [i, bit] of bits.entries()) {
    if (bit) {
      hash[i >>> 5] = (hash[i >>> 5] as number) | (1 << (i & 31));
    }
  }
  return hash;
}

/** Share of bits that two hashes of full words have in common, 0 to 1: 1 - Hamming distance / bits. */
export function bitSimilarity(a: BitHash, b: BitHash): number {
  let differing = 0;
  for (let word = 0; word < a.length; word++) {
    differing += countOnes((a[word] as number) ^ (b[word] as number));
  }
  return 1 - differing / (32 * a.length);
}

/** Ones of 32 bits (H. S. Warren, Hacker's Delight, 2002, 5-1). */
function countOnes(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
