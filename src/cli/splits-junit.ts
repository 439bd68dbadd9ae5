import type { SplitPair, SplitsCheck } from '../engine/check-splits.ts';
import type { SplitGap } from '../engine/find-split-gaps.ts';
import type { JunitCase } from './junit-report.ts';
import { gapWords } from './split-gaps-text.ts';
import { relationWords } from './splits-text.ts';

/** Splits in a JUnit report: each leak and each label conflict is a failure; two splits without a leak are a test too. */
export function splitCases({ splits, leaks, labelConflicts, ...check }: SplitsCheck): JunitCase[] {
  const leaking = new Set(leaks.map(({ files: [a, b] }) => `${a.split}\0${b.split}`));
  const names = splits.map(({ name }) => name);
  const whole = names
    .flatMap((one, i) => names.slice(i + 1).map((other) => [one, other] as const))
    .filter((pair) => !leaking.has(pair.join('\0')))
    .map(([one, other]): JunitCase => {
      return { name: `${one} and ${other}`, kind: 'passed', words: 'no leak found' };
    });
  return [
    ...leaks.map((pair) => failureOf(pair, 'leak')),
    ...(labelConflicts ?? []).map((pair) => failureOf(pair, 'label-conflict')),
    ...check.possibleLeaks.map((pair): JunitCase => {
      const { name, words } = failureOf(pair, 'leak');
      return { name, kind: 'passed', words: `may be a leak: ${words}` };
    }),
    ...whole,
    ...splits.flatMap(({ leftOut }) => leftOut.gaps.map(gapCase)),
  ];
}

/** What could not be read is an error, as where files are checked one by one. */
function gapCase(gap: SplitGap): JunitCase {
  const told = { name: gap.path, words: `left out: ${gapWords(gap)}` };
  return gap.why === 'failed'
    ? { ...told, kind: 'error', type: gap.code ?? gap.why }
    : { ...told, kind: 'skipped' };
}

function failureOf(pair: SplitPair, type: 'leak' | 'label-conflict'): JunitCase {
  const [one, other] = pair.files;
  const side = ({ split, label }: typeof one) => (type === 'leak' ? split : (label ?? ''));
  return {
    name: other.path,
    kind: 'failure',
    type,
    words: `${relationWords(pair)} of ${one.path}, in ${side(other)} and ${side(one)}`,
  };
}
