import assert from 'node:assert/strict';
import { it } from 'node:test';
import { timesApart } from '../../src/engine/burst-shots.ts';

const NOON = '2024-05-01T12:00:00';
const LATER = '2024-05-01T12:00:03';

it('pictures are two shots when they were taken at two times', () => {
  const apart = (one: string | null, other: string | null) =>
    timesApart({ takenAt: one }, { takenAt: other }) !== null;
  assert.ok(apart(NOON, LATER));
  assert.ok(!apart(NOON, NOON));
  assert.ok(!apart(NOON, null));
});

it('an offset that was lost, or written another way, makes no other time', () => {
  const apart = (one: string, other: string) => timesApart({ takenAt: one }, { takenAt: other }) !== null;
  assert.ok(!apart(`${NOON}+02:00`, NOON));
  assert.ok(!apart(`${NOON}+02:00`, '2024-05-01T10:00:00Z'));
  assert.ok(!apart(`${NOON}+02:00`, `${NOON}Z`));
  assert.ok(apart(`${NOON}+02:00`, `${LATER}+02:00`));
  assert.ok(apart(`${NOON}+02:00`, LATER));
});
