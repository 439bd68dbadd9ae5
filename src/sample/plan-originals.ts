import { SAMPLE_KINDS, type SampleFormat, type SampleKind } from './sample-kinds.ts';
import { createRandom, type Random } from './seeded-random.ts';

/** A picture to draw. */
export interface PlannedOriginal {
  /** Relative to the pictures folder, with `/`. */
  readonly path: string;
  readonly kind: SampleKind;
  /** Its place among its kind, from 0. */
  readonly turn: number;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  readonly format: SampleFormat;
  /** What a camera would have written, on most JPEG files. */
  readonly camera: PlannedCamera | null;
}

export interface PlannedCamera {
  readonly make: string;
  readonly model: string;
  /** As EXIF has it: `YYYY:MM:DD hh:mm:ss`. */
  readonly takenAt: string;
  /** Degrees, north and east positive. */
  readonly place: { readonly latitude: number; readonly longitude: number } | null;
}

const SIZES = [
  [1024, 768],
  [1200, 800],
  [800, 600],
  [960, 720],
  [1280, 600],
  [1600, 1200],
  [900, 900],
  [1080, 720],
  [1024, 683],
] as const;

/** Formats that are big (without loss, they keep every grain) or slow (AVIF). */
const SMALL_SIZES = [
  [640, 480],
  [720, 480],
  [600, 600],
  [640, 427],
] as const;

const CAMERAS = [
  ['Lumen', 'L-3'],
  ['Lumen', 'L-5 Mark II'],
  ['Halden', 'Pocket 20'],
  ['Orchard', 'Phone 9'],
  ['Orchard', 'Phone 12'],
] as const;

/** The pictures of a sample, the same ones for the same seed. */
export function planOriginals(seed: number): PlannedOriginal[] {
  return SAMPLE_KINDS.flatMap((kind) =>
    Array.from({ length: kind.count }, (_, turn) => planOriginal(seed, kind, turn)),
  );
}

function planOriginal(seed: number, kind: SampleKind, turn: number): PlannedOriginal {
  const random = createRandom(`${seed}/plan/${kind.name}/${turn}`);
  const format = kind.formats[turn] ?? 'jpg';
  const isSmall = format !== 'jpg' && format !== 'webp';
  const [long, short] = random.pick<readonly [number, number]>(isSmall ? SMALL_SIZES : SIZES);
  const isUpright = random.chance(kind.upright);
  return {
    path: `originals/${kind.name}/${kind.name}-${String(turn + 1).padStart(2, '0')}.${format}`,
    kind,
    turn,
    width: isUpright ? short : long,
    height: isUpright ? long : short,
    format,
    camera: format === 'jpg' && random.chance(0.8) ? planCamera(random) : null,
  };
}

function planCamera(random: Random): PlannedCamera {
  const [make, model] = random.pick(CAMERAS);
  const two = (low: number, high: number): string => String(random.whole(low, high)).padStart(2, '0');
  const takenAt = `${random.whole(2015, 2024)}:${two(1, 12)}:${two(1, 28)} ${two(6, 21)}:${two(0, 59)}:${two(0, 59)}`;
  const place = random.chance(0.4)
    ? { latitude: random.between(-54, 68), longitude: random.between(-120, 150) }
    : null;
  return { make, model, takenAt, place };
}
