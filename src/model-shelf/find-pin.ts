import type { ModelPin } from '../models/pin.ts';
import { PINS } from '../models/pins.ts';

/** The published model of that name, or null. */
export function findPin(name: string): ModelPin | null {
  return PINS.find(({ id }) => id === name) ?? null;
}
