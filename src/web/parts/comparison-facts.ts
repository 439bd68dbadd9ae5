import type { CompareAnswer } from '../../client/eidetic-client.ts';
import type { Texts } from '../texts/en.ts';
import type { Fact } from './picture-facts.ts';
import { shownSimilarity } from './similarity.ts';

/** The numbers by which two pictures were compared, by name; those that nobody has are left out. */
export function comparisonFacts(
  { similarity, pixels, verification }: Pick<CompareAnswer, 'similarity' | 'pixels' | 'verification'>,
  { compare: words, language }: Texts,
): Fact[] {
  const facts: Fact[] = [
    [words.similarity, shownSimilarity(similarity)],
    [words.pixels, words.pixelsAre[pixels]],
  ];
  if (verification === null) {
    return facts;
  }
  const { score, evidence, placement, ruleVersion } = verification;
  const { inliers, matches, agreeingTiles, tellingTiles, overlap, bands, shift } = evidence;
  const decimal = (value: number, digits: number) =>
    value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const percent = (share: number) =>
    share.toLocaleString(language, { style: 'percent', maximumFractionDigits: 0 });
  return [
    ...facts,
    [words.score, words.scoreOf(decimal(score, 1))],
    [words.points, words.ofThem(inliers, matches)],
    [words.tiles, words.ofThem(agreeingTiles, tellingTiles)],
    ...(placement === null
      ? []
      : ([
          [words.overlap, `A ${percent(overlap.a)}, B ${percent(overlap.b)}`],
          [words.scale, `${percent(placement.scale.x)} × ${percent(placement.scale.y)}`],
          [words.turned, `${decimal(Math.round(placement.turnedDegrees) || 0, 0)}°`],
          [words.mirrored, placement.isMirrored ? words.yes : words.no],
        ] as const)),
    ...(bands.length === 0
      ? []
      : ([
          [
            words.detail,
            bands.map(({ tiles, correlation }) => (tiles === 0 ? '–' : decimal(correlation, 2))).join(' · '),
          ],
        ] as const)),
    ...(shift === null ? [] : ([[words.shift, words.shiftOf(decimal(shift, 1))]] as const)),
    [words.rule, String(ruleVersion)],
  ];
}
