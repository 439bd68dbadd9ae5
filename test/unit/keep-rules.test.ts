import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Candidate } from '../../src/curation/candidate.ts';
import { chooseKept } from '../../src/curation/choose-kept.ts';
import { KEEP_PRESETS } from '../../src/curation/keep-presets.ts';
import { keepRules } from '../../src/curation/keep-rules.ts';
import type { KnownPairs, PairFacts } from '../../src/curation/pair-facts.ts';
import type { RuleSetting } from '../../src/curation/rule-settings.ts';
import { factsOfPair, ratedCandidate as file } from '../support/rated-candidate.ts';

const NOTHING_KNOWN: KnownPairs = { between: () => null, classOf: (id) => id };

/** What is known of pictures 1 and 2. */
function knownPair(facts: PairFacts): KnownPairs {
  return {
    classOf: (id) => id,
    between: (first) => (first === 1 ? facts : { ...facts, first: facts.second, second: facts.first }),
  };
}

interface Row {
  readonly rule: RuleSetting;
  readonly keep: Candidate;
  readonly drop: Candidate;
  readonly pairs?: KnownPairs;
  readonly reason: string;
}

/** `b` comes behind `a` where nothing else decides, so that it is kept by the rule alone. */
const TABLE: readonly Row[] = [
  {
    rule: 'largest',
    keep: file('/p/b.jpg', { width: 4032, height: 3024 }),
    drop: file('/p/a.jpg', { width: 1024, height: 768 }),
    reason: 'Keeps b.jpg: it has 4,032 x 3,024 pixels, the other 1,024 x 768.',
  },
  {
    rule: 'most-bytes',
    keep: file('/p/b.jpg', { sizeBytes: 2_000_000 }),
    drop: file('/p/a.jpg', { sizeBytes: 1_000 }),
    reason: 'Keeps b.jpg: it has 2,000,000 bytes, the other 1,000.',
  },
  {
    rule: 'best-format',
    keep: file('/p/b.heic', { format: 'heic' }),
    drop: file('/p/a.jpg'),
    reason: 'Keeps b.heic: it is a HEIC, the other a JPEG.',
  },
  {
    rule: 'best-format',
    keep: file('/p/b.png', { format: 'png', bitDepth: 16 }),
    drop: file('/p/a.tif', { format: 'tiff' }),
    reason: 'Keeps b.png: it has 16 bits a channel, the other 8.',
  },
  {
    rule: 'best-format',
    keep: file('/p/b.jpg'),
    drop: file('/p/a.gif', { format: 'gif' }),
    reason: 'Keeps b.jpg: it is a JPEG, the other a GIF.',
  },
  {
    rule: 'most-metadata',
    keep: file('/p/b.jpg', { takenAt: '2020-01-02T03:04:05', latitude: 47, longitude: 8 }),
    drop: file('/p/a.jpg', { takenAt: '2020-01-02T03:04:05' }),
    reason: 'Keeps b.jpg: it tells when it was taken and where, the other only when it was taken.',
  },
  {
    rule: 'most-metadata',
    keep: file('/p/b.jpg', { camera: 'Canon EOS' }),
    drop: file('/p/a.jpg'),
    reason: 'Keeps b.jpg: it tells with which camera, the other nothing of it.',
  },
  {
    rule: 'most-metadata',
    keep: file('/p/b.jpg', { camera: 'Canon EOS', rating: 4 }),
    drop: file('/p/a.jpg', { camera: 'Canon EOS' }),
    reason: 'Keeps b.jpg: it tells with which camera and how it was rated, the other only with which camera.',
  },
  {
    rule: 'oldest',
    keep: file('/p/b.jpg', { takenAt: '2019-05-06T07:08:09+02:00', modifiedMs: 9e12 }),
    drop: file('/p/a.jpg', { takenAt: '2020-05-06T07:08:09' }),
    reason: 'Keeps b.jpg: it was taken on 2019-05-06 07:08:09, before the other, 2020-05-06 07:08:09.',
  },
  {
    rule: 'oldest',
    keep: file('/p/b.jpg', { modifiedMs: Date.UTC(2019, 0, 1) }),
    drop: file('/p/a.jpg', { modifiedMs: Date.UTC(2019, 0, 2), takenAt: '1999-01-01T00:00:00' }),
    reason:
      'Keeps b.jpg: it was last written on 2019-01-01 00:00:00 UTC, before the other, 2019-01-02 00:00:00 UTC.',
  },
  {
    rule: 'newest',
    keep: file('/p/b.jpg', { modifiedMs: Date.UTC(2019, 0, 2) }),
    drop: file('/p/a.jpg', { modifiedMs: Date.UTC(2019, 0, 1) }),
    reason:
      'Keeps b.jpg: it was last written on 2019-01-02 00:00:00 UTC, after the other, 2019-01-01 00:00:00 UTC.',
  },
  {
    rule: 'shortest-path',
    keep: file('/p/z.jpg'),
    drop: file('/p/a/a.jpg'),
    reason: 'Keeps z.jpg: its path is shorter.',
  },
  {
    rule: { 'folder-order': ['/in', '/in/best', '/p'] },
    keep: file('/in/best/x.jpg'),
    drop: file('/p/x.jpg'),
    reason: 'Keeps best/x.jpg: it lies in /in/best, which comes before /p.',
  },
  {
    rule: { 'folder-order': ['/in'] },
    keep: file('/in/b.jpg'),
    drop: file('/inn/a.jpg'),
    reason: 'Keeps b.jpg: it lies in /in, which comes before all other folders.',
  },
  {
    rule: { name: { avoid: ['* (?).*'] } },
    keep: file('/p/long name.jpg'),
    drop: file('/p/a (1).jpg'),
    reason: 'Keeps long name.jpg: the other is named like "* (?).*".',
  },
  {
    rule: { name: { prefer: ['img_*'] } },
    keep: file('/p/IMG_0001.jpg'),
    drop: file('/p/a.jpg'),
    reason: 'Keeps IMG_0001.jpg: its name is like "img_*", that of the other is not.',
  },
  {
    rule: 'uncropped',
    keep: file('/p/b.jpg'),
    drop: file('/p/a.jpg', { id: 2 }),
    pairs: knownPair(factsOfPair({ share: 0.48, showsMore: true })),
    reason: 'Keeps b.jpg: it shows all that the other does, which has only 48 % of it.',
  },
  {
    rule: 'original',
    keep: file('/p/b.jpg'),
    drop: file('/p/a.jpg', { id: 2 }),
    pairs: knownPair(factsOfPair({}, { showsMore: true, hasMargin: true })),
    reason: 'Keeps b.jpg: the other is the same with a frame or margin around it.',
  },
  {
    rule: 'original',
    keep: file('/p/b.jpg'),
    drop: file('/p/a.jpg', { id: 2 }),
    pairs: knownPair(factsOfPair({ isSource: true }, { isSaved: true })),
    reason: 'Keeps b.jpg: the other was saved from it.',
  },
  {
    rule: 'original',
    keep: file('/p/b.jpg'),
    drop: file('/p/a.jpg', { id: 2 }),
    pairs: knownPair(factsOfPair({}, { isGray: true })),
    reason: 'Keeps b.jpg: it has its colors, which the other has not.',
  },
  {
    rule: 'original',
    keep: file('/p/b.jpg'),
    drop: file('/p/a.jpg', { id: 2, width: 8000, height: 6000 }),
    pairs: knownPair(factsOfPair({ isAsFine: false }, { isFaded: true })),
    reason: 'Keeps b.jpg: the other is blurred, or was enlarged from a smaller picture.',
  },
  {
    rule: 'original',
    keep: file('/p/b.jpg', { camera: 'Canon EOS' }),
    drop: file('/p/a.jpg', { id: 2 }),
    reason: 'Keeps b.jpg: it names the camera it was taken with, which the other does not.',
  },
  {
    rule: 'original',
    keep: file('/p/b.jpg'),
    drop: file('/p/a.png', { id: 2, format: 'png' }),
    pairs: { between: () => null, classOf: () => 1 },
    reason: 'Keeps b.jpg: it is a JPEG with the same pixels, from which the other, a PNG, was made.',
  },
];

/** Where a rule must have no say, so that the tie decides for `a`. */
const NO_SAY: ReadonlyArray<Omit<Row, 'reason'> & { readonly because: string }> = [
  {
    rule: 'original',
    keep: file('/p/a.jpg', { id: 2 }),
    drop: file('/p/b.jpg'),
    pairs: knownPair(factsOfPair({ isEdited: true }, { isSaved: true })),
    because: 'noise may lie as far off as rounding',
  },
  {
    because: 'a small whole lacks the pixels of a large part',
    rule: 'uncropped',
    keep: file('/p/a.jpg', { id: 2 }),
    drop: file('/p/b.jpg'),
    pairs: knownPair(factsOfPair({ showsMore: true, isAsFine: false })),
  },
  {
    because: 'a frame shows nothing of the scene',
    rule: 'uncropped',
    keep: file('/p/a.jpg', { id: 2 }),
    drop: file('/p/b.jpg'),
    pairs: knownPair(factsOfPair({ showsMore: true, hasMargin: true })),
  },
  {
    because: 'nobody could look at what is around',
    rule: 'uncropped',
    keep: file('/p/a.jpg', { id: 2 }),
    drop: file('/p/b.jpg'),
    pairs: knownPair(factsOfPair({ showsMore: true, hasMargin: null })),
  },
  {
    because: 'a small picture in color lacks the pixels of a large gray one',
    rule: 'original',
    keep: file('/p/a.jpg', { id: 2 }),
    drop: file('/p/b.jpg'),
    pairs: knownPair(factsOfPair({ isAsFine: false }, { isGray: true })),
  },
  {
    because: 'a thumbnail with a camera is no original',
    rule: 'original',
    keep: file('/p/a.jpg', { id: 2 }),
    drop: file('/p/b.jpg', { camera: 'Canon EOS', width: 160, height: 120 }),
  },
  {
    because: 'copying may change a time by two seconds',
    rule: 'oldest',
    keep: file('/p/a.jpg', { modifiedMs: 1_999 }),
    drop: file('/p/b.jpg', { modifiedMs: 0 }),
  },
  {
    because: 'both lie in the same folder of the order',
    rule: { 'folder-order': ['/p'] },
    keep: file('/p/a.jpg'),
    drop: file('/p/b.jpg'),
  },
];

describe('keep rules', () => {
  for (const { rule, keep, drop, pairs = NOTHING_KNOWN, reason } of TABLE) {
    it(`say: ${reason}`, () => {
      for (const order of [
        [keep, drop],
        [drop, keep],
      ]) {
        const { kept, others } = chooseKept(order, keepRules([rule], pairs));
        assert.equal(kept.path, keep.path);
        assert.deepEqual(others, [{ file: drop, reason, isTie: false }]);
      }
    });
  }

  for (const { rule, keep, drop, pairs = NOTHING_KNOWN, because } of NO_SAY) {
    it(`have no say where ${because}`, () => {
      const { kept, others } = chooseKept([drop, keep], keepRules([rule], pairs));
      assert.deepEqual([kept.path, others[0]?.isTie], [keep.path, true]);
      assert.match(others[0]?.reason ?? '', /its path comes first by the alphabet, and nothing else/);
    });
  }

  it('decide in the order in which they are named', () => {
    const large = file('/p/large.jpg', { width: 4000 });
    const noted = file('/p/noted.jpg', { camera: 'Canon EOS' });
    const keptBy = (...rules: readonly RuleSetting[]) =>
      chooseKept([large, noted], keepRules(rules, NOTHING_KNOWN)).kept;
    assert.equal(keptBy('largest', 'most-metadata'), large);
    assert.equal(keptBy('most-metadata', 'largest'), noted);
  });

  it('keep the same file in whatever order files come', () => {
    const files = ['/p/c.jpg', '/p/a.jpg', '/p/b.jpg', '/p/deeper/a.jpg'].map((path) => file(path));
    for (const start of files.keys()) {
      const turned = [...files.slice(start), ...files.slice(0, start)];
      for (const order of [turned, turned.toReversed()]) {
        assert.equal(chooseKept(order, keepRules(['largest'], NOTHING_KNOWN)).kept.path, '/p/a.jpg');
      }
    }
  });

  it('order ties by bytes and not by UTF-16', () => {
    const [first, second] = [file('/p/\uffee.jpg'), file('/p/\u{1f600}.jpg')];
    const bytes = [file('/p/\uffeex.jpg'), second];
    assert.equal(chooseKept(bytes, keepRules([], NOTHING_KNOWN)).kept, bytes[0]);
    assert.notEqual(first.path.length, second.path.length);
  });

  it('name the file that another comes behind when that is not the kept one', () => {
    const a = file('/p/a.jpg', { takenAt: '2001-01-01T00:00:00' });
    const b = file('/p/b.jpg', { takenAt: '2003-01-01T00:00:00' });
    const c = file('/p/c.jpg', { width: 4000 });
    const { kept, others } = chooseKept([a, b, c], keepRules(['oldest', 'largest'], NOTHING_KNOWN));
    assert.equal(kept, c);
    assert.deepEqual(
      others.map(({ reason }) => reason),
      [
        'Keeps c.jpg: it has 4,000 x 600 pixels, the other 800 x 600.',
        'Keeps c.jpg; this file comes behind a.jpg as well: it was taken on 2001-01-01 00:00:00, before the other, 2003-01-01 00:00:00.',
      ],
    );
  });

  it('have no say where every file would go', () => {
    const [x, y, z] = [file('/p/x.jpg'), file('/p/y.jpg', { id: 2 }), file('/p/z.jpg', { id: 3 })];
    // Each shows more than the next, the last more than the first.
    const circle: KnownPairs = {
      classOf: (id) => id,
      between: (first, second) =>
        second === (first % 3) + 1 ? factsOfPair({ showsMore: true }) : factsOfPair({}, { showsMore: true }),
    };
    assert.equal(chooseKept([z, y, x], keepRules(['uncropped'], circle)).kept, x);
  });

  it('come as presets that each keep something else', () => {
    const files = {
      whole: file('/p/whole.jpg', { modifiedMs: 5e6, width: 3000 }),
      part: file('/p/part.jpg', { id: 2, modifiedMs: 4e6, width: 4000, height: 3000 }),
    };
    const pairs = knownPair(factsOfPair({ showsMore: true }, { isAsFine: true }));
    const keptBy = (preset: keyof typeof KEEP_PRESETS) =>
      chooseKept(Object.values(files), keepRules(KEEP_PRESETS[preset], pairs)).kept;
    assert.equal(keptBy('best'), files.whole);
    assert.equal(keptBy('largest'), files.part);
    assert.equal(keptBy('oldest'), files.part);
    assert.equal(keptBy('newest'), files.whole);
    assert.equal(keptBy('original'), files.whole);
  });
});
