import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { RatedPicture } from '../../src/curation/candidate.ts';
import { draftGroup, type PlanCandidate } from '../../src/curation/draft-group.ts';
import { keepRules } from '../../src/curation/keep-rules.ts';
import type { KnownPairs, PairFacts } from '../../src/curation/pair-facts.ts';
import { factsOfPair, ratedCandidate } from '../support/rated-candidate.ts';

const EQUAL: KnownPairs = { between: () => null, classOf: () => 1 };

interface Place {
  readonly identity?: string;
  readonly links?: number;
  readonly protectedBy?: string;
}

function candidate(path: string, picture: Partial<RatedPicture> = {}, place: Place = {}): PlanCandidate {
  const rated = ratedCandidate(path, picture);
  const { contentHash, imageDataHash, sizeBytes } = rated.picture;
  return {
    ...rated,
    file: { path, contentHash, imageDataHash, sizeBytes, modifiedMs: 0, device: null, inode: null },
    ...{ identity: place.identity ?? `1 ${path}`, links: place.links ?? 1 },
    protectedBy: place.protectedBy ?? null,
  };
}

function draft(candidates: readonly PlanCandidate[], pairs = EQUAL, certainty = 1) {
  const { kept, drops, left } = draftGroup(candidates, {
    pairs,
    rules: keepRules(['largest'], pairs),
    relate: (a, b) =>
      a.picture.id === b.picture.id
        ? { relation: 'identical', certainty: 1 }
        : { relation: pairs === EQUAL ? 'same-pixels' : 'copy', certainty },
    isToBeKept: ({ path }) => path.includes('decided'),
  });
  return {
    kept: kept.map(({ path }) => path),
    drops: drops.map(({ file, keep, freesBytes }) => [file.path, keep.path, freesBytes]),
    left: left.map(({ path, why }) => [path, why]),
    reasons: drops.map(({ reason }) => reason),
    warnings: drops.flatMap(({ warnings }) => warnings),
    relations: drops.map(({ relation }) => relation),
  };
}

describe('the draft of a group', () => {
  it('drops nothing that is protected, however good others are', () => {
    const { kept, drops, reasons } = draft([
      candidate('/p/large.jpg', { id: 2, width: 9000 }),
      candidate('/safe/a.jpg', {}, { protectedBy: '/safe' }),
      candidate('/safe/b.jpg', { id: 2, contentHash: '1'.repeat(64) }, { protectedBy: '/safe' }),
    ]);
    assert.deepEqual(kept, ['/safe/a.jpg', '/safe/b.jpg']);
    assert.deepEqual(drops, [['/p/large.jpg', '/safe/a.jpg', 1000]]);
    assert.deepEqual(reasons, ['Keeps a.jpg: it lies in the protected folder /safe.']);
  });

  it('relies on the protected file of the same bytes', () => {
    const bytes = { id: 2, contentHash: '1'.repeat(64) };
    const { drops, relations } = draft([
      candidate('/p/x.jpg', bytes),
      candidate('/safe/a.jpg', {}, { protectedBy: '/safe' }),
      candidate('/safe/b.jpg', bytes, { protectedBy: '/safe' }),
    ]);
    assert.deepEqual(drops, [['/p/x.jpg', '/safe/b.jpg', 1000]]);
    assert.deepEqual(relations, ['identical']);
  });

  it('leaves further names of the kept file, and of what is protected', () => {
    const links = { identity: 'one', links: 2 };
    assert.deepEqual(draft([candidate('/p/a.jpg', {}, links), candidate('/p/b.jpg', {}, links)]).drops, []);
    const { kept, drops } = draft([
      candidate('/p/a.jpg', {}, links),
      candidate('/safe/a.jpg', {}, { ...links, protectedBy: '/safe' }),
      candidate('/p/c.jpg'),
    ]);
    assert.deepEqual(kept, ['/safe/a.jpg', '/p/a.jpg']);
    assert.deepEqual(drops, [['/p/c.jpg', '/safe/a.jpg', 1000]]);
  });

  it('counts the bytes of a file once, with its last name, and not while it has others', () => {
    const twice = { identity: 'two', links: 2 };
    const kept = candidate('/a.jpg', { width: 4000 });
    const names = [candidate('/p/b.jpg', {}, twice), candidate('/p/c.jpg', {}, twice)];
    assert.deepEqual(draft([kept, ...names]).drops, [
      ['/p/b.jpg', '/a.jpg', 0],
      ['/p/c.jpg', '/a.jpg', 1000],
    ]);
    const [one] = names as [PlanCandidate];
    assert.deepEqual(draft([kept, one]).drops, [['/p/b.jpg', '/a.jpg', 0]]);
  });

  it('warns of what the kept file lacks', () => {
    const dropped = candidate('/p/b.png', {
      ...{ id: 1, format: 'png', bitDepth: 16, width: 700, height: 700 },
      ...{ takenAt: '2020-01-02T03:04:05', latitude: 47.374, longitude: 8.541 },
    });
    const kept = candidate('/p/a.jpg', { id: 2 }, { protectedBy: '/p/a.jpg' });
    const facts = factsOfPair();
    const { warnings } = draft([dropped, kept], { between: () => facts, classOf: (id) => id });
    assert.deepEqual(warnings, [
      'The dropped file has 16 bits a channel, and the kept one 8.',
      'The dropped file is a PNG, which loses nothing, and the kept one a JPEG.',
      'The dropped file tells when it was taken (2020-01-02T03:04:05), and the kept one does not.',
      'The dropped file has a place (47.37, 8.54), and the kept one has none.',
    ]);
  });

  it('warns of a camera that only the dropped one of equal pictures names', () => {
    const files = [
      candidate('/p/b.jpg', { camera: 'Canon EOS' }),
      candidate('/p/a.jpg', { id: 2, width: 801 }),
    ];
    assert.deepEqual(draft(files).warnings, [
      'The dropped file names its camera (Canon EOS), and the kept one names none.',
    ]);
  });

  it('leaves a copy in which something stands, and what is finer or may have been framed, whatever the rules say', () => {
    const leftFor = (facts: PairFacts) => {
      const files = [candidate('/p/b.jpg'), candidate('/p/a.jpg', { id: 2, width: 801 })];
      return draft(files, { between: () => facts, classOf: (id) => id }).left;
    };
    assert.deepEqual(leftFor(factsOfPair()), []);
    assert.deepEqual(leftFor({ ...factsOfPair(), isMarked: true }), [['/p/b.jpg', 'differs']]);
    assert.deepEqual(leftFor(factsOfPair({}, { isAsFine: false })), [['/p/b.jpg', 'finer']]);
    assert.deepEqual(leftFor(factsOfPair({ isFaded: true }, { isAsFine: false })), []);
    assert.deepEqual(leftFor(factsOfPair({ isEdited: true })), [['/p/b.jpg', 'edited']]);
    assert.deepEqual(leftFor(factsOfPair({ isEdited: true, isGray: true })), []);
    assert.deepEqual(leftFor(factsOfPair({}, { isSharper: true })), [['/p/b.jpg', 'sharpened']]);
    assert.deepEqual(leftFor(factsOfPair({ isFaded: true }, { isSharper: true })), []);
    assert.deepEqual(leftFor(factsOfPair({}, { hasPalette: true })), [['/p/b.jpg', 'fewer-colors']]);
    assert.deepEqual(leftFor(factsOfPair({ hasPalette: true }, { hasPalette: true })), []);
    assert.deepEqual(leftFor(factsOfPair({ isSharper: true })), [['/p/b.jpg', 'sharpened']]);
    assert.deepEqual(leftFor(factsOfPair({ isSharper: true, isAsFine: false })), []);
    const around = { showsMore: true, share: 0.8, isAllInOther: false };
    assert.deepEqual(leftFor(factsOfPair({}, { ...around, hasMargin: null })), [['/p/b.jpg', 'finer']]);
    assert.deepEqual(leftFor(factsOfPair({}, { ...around, hasMargin: false })), []);
  });

  it('leaves a copy that has colors, pages or a camera, and the kept one none, whatever the rules say', () => {
    const leftOf = (picture: Partial<RatedPicture>, isGray = false, ofKept: Partial<RatedPicture> = {}) => {
      const kept = candidate('/p/a.jpg', { id: 2, width: 801, ...ofKept });
      const facts = factsOfPair({}, { isGray });
      const { drops, left } = draft([candidate('/p/b.jpg', picture), kept], {
        between: (a) => (a === 1 ? facts : { ...facts, first: facts.second, second: facts.first }),
        classOf: (id) => id,
      });
      return [drops.length, ...left.map(([, why]) => why)];
    };
    assert.deepEqual(leftOf({}), [1]);
    assert.deepEqual(leftOf({}, true), [0, 'color']);
    assert.deepEqual(leftOf({ pages: 3 }), [0, 'pages']);
    assert.deepEqual(
      leftOf({ pages: 3 }, false, { pages: 3 }),
      [0, 'pages'],
      'they may differ in the others',
    );
    assert.deepEqual(leftOf({ camera: 'Canon EOS' }), [0, 'camera']);
    assert.deepEqual(leftOf({ camera: 'Canon EOS' }, false, { camera: 'Nikon' }), [0, 'camera']);
    assert.deepEqual(leftOf({ camera: 'Nikon' }, false, { camera: 'Nikon' }), [1]);
    assert.deepEqual(leftOf({}, false, { camera: 'Nikon' }), [1]);
  });

  it('leaves a picture of which a part is not in the kept one, whatever the rules say', () => {
    const files = [candidate('/p/part.jpg', { width: 4000 }), candidate('/p/whole.jpg', { id: 2 })];
    const known = (hasMargin: boolean | null): KnownPairs => ({
      between: () => factsOfPair({ share: 0.5, isAllInOther: false, hasMargin }, {}),
      classOf: (id) => id,
    });
    for (const hasMargin of [false, null]) {
      const { drops, left } = draft(files, known(hasMargin));
      assert.deepEqual(drops, []);
      assert.deepEqual(left, [['/p/whole.jpg', 'shows-more']]);
    }
    const unknown = { between: () => null, classOf: (id: number) => id };
    assert.deepEqual(draft(files, unknown).left, [['/p/whole.jpg', 'not-compared']]);
    const framed = draft(files, known(true));
    assert.deepEqual(framed.drops, [['/p/whole.jpg', '/p/part.jpg', 1000]]);
    assert.deepEqual(framed.left, []);
  });

  it('leaves a picture with finer detail than the kept one, which may have been enlarged', () => {
    const files = [candidate('/p/enlarged.jpg', { width: 4000 }), candidate('/p/small.jpg', { id: 2 })];
    const { kept, drops, left } = draft(files, {
      between: () => factsOfPair({}, { mayBeFaded: true }),
      classOf: (id) => id,
    });
    assert.deepEqual([kept, drops], [['/p/enlarged.jpg'], []]);
    assert.deepEqual(left, [['/p/small.jpg', 'finer']]);
  });

  it('leaves a picture of which the kept one has more pixels within a frame, as a screenshot may', () => {
    const files = [candidate('/p/screenshot.png', { width: 4000 }), candidate('/p/photo.jpg', { id: 2 })];
    const known = (isAsFine: boolean): KnownPairs => ({
      between: () => factsOfPair({ isAsFine }, { share: 0.4, showsMore: true, hasMargin: true }),
      classOf: (id) => id,
    });
    assert.deepEqual(draft(files, known(false)).left, [['/p/photo.jpg', 'finer']]);
    assert.deepEqual(draft(files, known(true)).left, []);
  });

  it('leaves a picture in which something else stands than in the kept one', () => {
    const files = [candidate('/p/a.jpg'), candidate('/p/caption.jpg', { id: 2 })];
    const { drops, left } = draft(files, { between: () => factsOfPair({}, {}, 0.02), classOf: (id) => id });
    assert.deepEqual(drops, []);
    assert.deepEqual(left, [['/p/caption.jpg', 'differs']]);
  });

  it('leaves what was mirrored, turned or recolored, since nobody can tell which was first', () => {
    const files = [candidate('/p/a.jpg'), candidate('/p/mirrored.jpg', { id: 2 })];
    const altered = { ...factsOfPair(), isAltered: true };
    const { drops, left } = draft(files, { between: () => altered, classOf: (id) => id });
    assert.deepEqual(drops, []);
    assert.deepEqual(left, [['/p/mirrored.jpg', 'altered']]);
  });

  it('leaves what somebody decided to keep', () => {
    const files = [
      candidate('/p/a.jpg'),
      candidate('/p/decided.jpg', { id: 2 }),
      candidate('/p/z.jpg', { id: 3 }),
    ];
    const { drops, left } = draft(files);
    assert.deepEqual(drops, [['/p/z.jpg', '/p/a.jpg', 1000]]);
    assert.deepEqual(left, [['/p/decided.jpg', 'decided']]);
  });

  it('warns of a copy that is less than certain', () => {
    const files = [candidate('/p/a.jpg'), candidate('/p/b.jpg', { id: 2 })];
    assert.deepEqual(draft(files, EQUAL, 0.876).warnings, [
      'It is 87 % certain that the two are copies: look at both before you act.',
    ]);
    assert.deepEqual(draft(files, EQUAL, 0.995).warnings, []);
  });

  it('warns of nothing between files of the same bytes', () => {
    const facts = { takenAt: '2020-01-02T03:04:05', camera: 'Canon EOS' };
    assert.deepEqual(draft([candidate('/p/a.jpg', facts), candidate('/p/b.jpg', facts)]).warnings, []);
  });

  it('warns of a rating that the kept file has not, also of the same bytes', () => {
    const rated = (path: string, rating: number | null) => ({ ...candidate(path), rating });
    const warnings = (dropped: number | null, kept: number | null) =>
      draft([rated('/p/a.jpg', kept), rated('/p/b.jpg', dropped)]).warnings;
    assert.deepEqual(warnings(4, null), ['The dropped file is rated 4 of 5, and the kept one is not.']);
    assert.deepEqual(warnings(4, 2), ['The dropped file is rated 4 of 5, and the kept one 2.']);
    assert.deepEqual([warnings(4, 4), warnings(null, 4)], [[], []]);
  });
});
