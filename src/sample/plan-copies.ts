import type { PlannedOriginal } from './plan-originals.ts';
import type { SampleFormat } from './sample-kinds.ts';
import type { SampleCopy, SampleEdit } from './sample-truth.ts';
import { createRandom } from './seeded-random.ts';

interface CopyRecipe {
  readonly edit: SampleEdit;
  readonly count: number;
  readonly folder: 'backup' | 'phone' | 'shared' | 'edited';
  /** Only of originals in these formats; of any when left out. */
  readonly from?: readonly SampleFormat[];
  /** Ending of the copy; the original's when left out. */
  readonly to?: SampleFormat;
}

/** Copies equal in bytes or pixels, each of an original of its own; the choosy ones first. */
const EXACT_COPIES: readonly CopyRecipe[] = [
  { edit: 'comment', count: 2, folder: 'backup', from: ['jpg'] },
  { edit: 'no-exif', count: 2, folder: 'shared', from: ['jpg'] },
  { edit: 'as-webp', count: 2, folder: 'shared', from: ['png'], to: 'webp' },
  { edit: 'as-tiff', count: 1, folder: 'backup', from: ['png'], to: 'tiff' },
  { edit: 'sideways', count: 2, folder: 'phone', from: ['png'] },
  { edit: 'as-png', count: 1, folder: 'shared', from: ['gif'], to: 'png' },
  { edit: 'same-bytes', count: 6, folder: 'backup' },
];

const EDITED_COPIES: readonly CopyRecipe[] = [
  { edit: 'quality-60', count: 4, folder: 'shared', to: 'jpg' },
  { edit: 'quality-30', count: 4, folder: 'shared', to: 'jpg' },
  { edit: 'half', count: 5, folder: 'phone', to: 'jpg' },
  { edit: 'quarter', count: 4, folder: 'phone', to: 'jpg' },
  { edit: 'cropped-80', count: 5, folder: 'edited', to: 'jpg' },
  { edit: 'cropped-60', count: 4, folder: 'edited', to: 'jpg' },
  { edit: 'mirrored', count: 5, folder: 'edited', to: 'jpg' },
  { edit: 'rotated', count: 3, folder: 'edited', to: 'jpg' },
  { edit: 'text', count: 4, folder: 'edited', to: 'jpg' },
  { edit: 'border', count: 4, folder: 'edited', to: 'jpg' },
  { edit: 'gray', count: 3, folder: 'edited', to: 'jpg' },
  { edit: 'brighter', count: 3, folder: 'edited', to: 'jpg' },
  { edit: 'mixed', count: 4, folder: 'edited', to: 'jpg' },
];

/** Pictures that edited copies are made of: some get several, and the others have look-alikes only. */
const EDITED_ORIGINALS = 34;

/** The copies of a sample, the same ones for the same seed. */
export function planCopies(seed: number, originals: readonly PlannedOriginal[]): SampleCopy[] {
  const random = createRandom(`${seed}/copies`);
  const waiting = random.shuffled(originals);
  const exact = EXACT_COPIES.flatMap((recipe) => takeTurns(recipe, (fits) => takeFirst(waiting, fits)));
  const chosen = random.shuffled(originals).slice(0, EDITED_ORIGINALS);
  const edited = EDITED_COPIES.flatMap((recipe) => takeTurns(recipe, () => rotate(chosen)));
  return [...exact, ...thirds(exact), ...edited];
}

type Fits = (plan: PlannedOriginal) => boolean;

function takeTurns(recipe: CopyRecipe, next: (fits: Fits) => PlannedOriginal): SampleCopy[] {
  const fits: Fits = (plan) => {
    const isRight = recipe.from?.includes(plan.format) ?? true;
    return isRight && (recipe.edit !== 'no-exif' || plan.camera !== null);
  };
  return Array.from({ length: recipe.count }, () => nameCopy(next(fits), recipe));
}

function takeFirst(waiting: PlannedOriginal[], fits: Fits): PlannedOriginal {
  const place = waiting.findIndex(fits);
  if (place < 0) {
    throw new Error('The sample has fewer originals of a format than copies to make of them.');
  }
  return waiting.splice(place, 1)[0] as PlannedOriginal;
}

function rotate(chosen: PlannedOriginal[]): PlannedOriginal {
  const first = chosen.shift() as PlannedOriginal;
  chosen.push(first);
  return first;
}

function nameCopy({ path, kind, format }: PlannedOriginal, { edit, folder, to }: CopyRecipe): SampleCopy {
  const [, , file] = path.split('/') as [string, string, string];
  const stem = file.slice(0, file.lastIndexOf('.'));
  const copy =
    edit === 'same-bytes' ? `${folder}/${kind.name}/${file}` : `${folder}/${stem} ${edit}.${to ?? format}`;
  return { copy, original: path, edit };
}

/** A second copy of the first picture with same bytes, and of the first stored sideways: groups of three. */
function thirds(exact: readonly SampleCopy[]): SampleCopy[] {
  const saved = exact.find(({ edit }) => edit === 'same-bytes') as SampleCopy;
  const turned = exact.find(({ edit }) => edit === 'sideways') as SampleCopy;
  const ending = saved.copy.slice(saved.copy.lastIndexOf('.'));
  return [
    { ...saved, copy: `phone/IMG_2041 (1)${ending}` },
    {
      ...turned,
      copy: turned.copy.replace('phone/', 'shared/').replace(' sideways.png', ' as-webp.webp'),
      edit: 'as-webp',
    },
  ];
}
