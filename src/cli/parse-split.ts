import { InvalidArgumentError } from 'commander';
import type { NamedSplit } from '../engine/check-splits.ts';
import { parsePath } from './parse-option.ts';

/** `train=data/train`: what commander calls with the value of an option; it prints the message. */
export function parseSplit(text: string): NamedSplit {
  const at = text.indexOf('=');
  if (at < 1) {
    throw new InvalidArgumentError('Expected the name of a split and its folder, such as train=data/train.');
  }
  return { name: text.slice(0, at), folder: parsePath(text.slice(at + 1)) };
}
