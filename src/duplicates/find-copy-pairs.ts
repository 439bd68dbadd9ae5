import { isCalledCopy, type ScoredPair } from '../domain/copy-line.ts';
import type { PictureId } from '../domain/picture.ts';
import type { CatalogPicture } from '../domain/picture-catalog.ts';
import { askedPairs } from './asked-pairs.ts';
import type { CopyAnswer, CopyChoice, CopyJudge } from './copy-judge.ts';
import { decidedCopies } from './decided-copies.ts';
import type { FoundPairs } from './found-pairs.ts';
import type { PicturePair } from './group-pictures.ts';
import { lookFromNearest } from './look-from-nearest.ts';
import { moreNearParts, type NearParts, partsIn } from './near-parts.ts';
import type { PairSearch } from './pair-search.ts';
import { RelatedPictures } from './related-pictures.ts';
import { settleAll } from './settle-all.ts';
import { walkParts } from './walk-parts.ts';

/**
 * Similarity in `copy` below which a pair is not looked at, unless another is named: of 853 edited copies of photos
 * among 1,205, pictures inside others left out, 96 % are so near their originals.
 */
export const LEAST_OF_COPIES = 0.5;

/** Two pictures that are related, and how. */
export interface CopyPair extends PicturePair {
  readonly relation: 'copy' | 'burst' | 'unsure';
  /** How likely one is a copy of the other, 0 to 1; null where something else than the evidence has decided. */
  readonly certainty: number | null;
}

/** What looking for copies came to. */
export interface FoundCopies extends FoundPairs<CopyPair> {
  /** Pairs that were looked at, or known from before. */
  readonly lookedAt: number;
  /** Pictures so plain that nothing can be said of copies among them. */
  readonly plain: number;
  /** Pairs that could not be looked at: no file of one is within reach, or it cannot be decoded. */
  readonly unknown: number;
  /** From where on pairs are taken for copies, and how many of those are expected to be none. */
  readonly choice: CopyChoice;
}

/** Which pictures are looked from, and at which of those that are near. */
interface Looking {
  /** Asked of representatives. */
  readonly begins: (id: PictureId) => boolean;
  readonly isWanted: (a: PictureId, b: PictureId) => boolean;
  /** Told how many parts have been asked about. */
  readonly onProgress: (done: number) => void;
}

/**
 * Pairs of pictures of which one may be a copy of the other, told by looking at both: of each picture its nearest ones, and
 * more where copies are among them. What somebody has decided is believed without looking, and takes no part in what is
 * estimated. Only pairs are looked at that answer the search's question, and those that close
 * their groups.
 * @param least similarity below which nobody looks, -1 to 1
 * @param begins whether pairs are looked for from a picture, see findBeginnings
 * @param onProgress told how many parts have been asked about
 */
export async function findCopyPairs(
  search: PairSearch,
  judge: CopyJudge,
  least: number,
  begins: (id: PictureId) => boolean,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<FoundCopies> {
  const { classes } = search;
  const { isAnswer } = askedPairs(search);
  const asked = new Map<string, Promise<CopyAnswer>>();
  const found: FoundPair[] = [];
  const looked: ScoredPair[] = [];
  const said = new Map<string, { readonly isCopy: boolean; readonly scored: ScoredPair | null }>();
  const plain = new Set<PictureId>();
  let unknown = 0;

  /** @returns whether it is a copy, or may be one */
  async function tell(one: CatalogPicture, { other, similarity }: NearOther): Promise<boolean> {
    const [a, b] = one.id < other.id ? [one, other] : [other, one];
    const decided = search.decided(a.id, b.id)?.kind;
    const key = `${a.id} ${b.id}`;
    if (decided === 'copy' || decided === 'not-copy') {
      const isCopy = decided === 'copy';
      said.set(key, { isCopy, scored: await judge.knownScore(a.id, b.id) });
      return isCopy; // nobody need look; it is told with all that was decided
    }
    const known = asked.get(key);
    const answering = known ?? judge.judge(a, b, signal);
    asked.set(key, answering);
    const answer = await answering;
    if (known === undefined) {
      note({ a: a.id, b: b.id, similarity }, answer);
    }
    return isFound(answer);
  }

  function note(pair: PicturePair, answer: CopyAnswer): void {
    if (answer.kind === 'unknown') {
      unknown++;
      return;
    }
    if (answer.kind === 'plain') {
      plain.add(pair.a).add(pair.b);
      return;
    }
    if (answer.scored !== null) {
      looked.push(answer.scored);
    }
    if (isFound(answer)) {
      found.push({ ...pair, answer });
    }
  }

  async function lookAll({ begins, isWanted, onProgress }: Looking): Promise<void> {
    const takesPart = (id: PictureId) => classes.isRepresentative(id) && begins(id);
    const walk = walkParts(search, { least, takesPart, onProgress, signal });
    async function lookFromNext(): Promise<void> {
      try {
        for (let next = await walk.next(); next.done !== true; next = await walk.next()) {
          const { near, picture } = next.value;
          await lookFromNearest(othersNear(search, near, picture, least, isWanted), (other) => {
            signal.throwIfAborted();
            return tell(picture, other);
          });
        }
      } finally {
        await walk.return(undefined); // where one fails, nobody begins another
      }
    }
    await settleAll(Array.from({ length: judge.parallelism }, lookFromNext));
  }

  const beginsFrom = (id: PictureId) => classes.membersOf(id).some(begins);
  await lookAll({ begins: beginsFrom, isWanted: isAnswer, onProgress });
  const { certaintyOf, ...choice } = judge.choose(
    looked,
    [...said.values()].flatMap(({ isCopy, scored }) => (scored === null ? [] : [{ ...scored, isCopy }])),
  );
  const choose = ({ answer: { kind, scored }, ...pair }: FoundPair): CopyPair => {
    if (scored === null) {
      return { ...pair, relation: kind, certainty: null };
    }
    const relation = isCalledCopy(scored, choice) ? 'copy' : 'unsure';
    return { ...pair, relation, certainty: certaintyOf(scored) };
  };
  const decided = (await decidedCopies(search, signal)).map(
    (pair): CopyPair => ({ ...pair, relation: 'copy' }),
  );
  const pairs = [...found.splice(0).map(choose), ...decided.filter(({ a, b }) => isAnswer(a, b))];
  const closing: CopyPair[] = [];
  if (!search.asked.takesAnyPair) {
    const copies = new RelatedPictures(pairs.filter(({ relation }) => relation === 'copy'));
    const isWanted = (a: PictureId, b: PictureId) => !isAnswer(a, b) && copies.shareOne(a, b);
    await lookAll({ begins: (id) => copies.has(id), isWanted, onProgress: () => {} });
    closing.push(...found.map(choose).filter(({ relation }) => relation === 'copy'));
    closing.push(...decided.filter(({ a, b }) => isWanted(a, b)));
  }
  return { pairs, closing, lookedAt: asked.size - unknown, plain: plain.size, unknown, choice };
}

type FoundAnswer = Extract<CopyAnswer, { readonly scored: ScoredPair | null }> & {
  readonly kind: CopyPair['relation'];
};

interface FoundPair extends PicturePair {
  readonly answer: FoundAnswer;
}

/** Whether one may be a copy of the other, or another shot of its scene. */
function isFound(answer: CopyAnswer): answer is FoundAnswer {
  return answer.kind === 'copy' || answer.kind === 'unsure' || answer.kind === 'burst';
}

interface NearOther {
  readonly other: CatalogPicture;
  readonly similarity: number;
}

/**
 * The pictures near one that are wanted, each once, with the similarity of their nearest parts; the nearest first, as many
 * as are asked for.
 */
async function* othersNear(
  search: PairSearch,
  first: NearParts,
  { id }: CatalogPicture,
  least: number,
  isWanted: Looking['isWanted'],
): AsyncGenerator<NearOther> {
  const { pictures, classes, index } = search;
  const told = new Set<PictureId>([id]);
  for (let near = first; ; near = await moreNearParts(index, near, least)) {
    await pictures.readParts(partsIn(near));
    for (const { id: part, similarity } of near.neighbors) {
      const other = pictures.get(pictures.pictureOfPart(part) ?? id);
      if (other !== undefined && !told.has(other.id) && classes.isRepresentative(other.id)) {
        told.add(other.id);
        if (isWanted(id, other.id)) {
          yield { other, similarity };
        }
      }
    }
    if (!near.isCut) {
      return;
    }
  }
}
